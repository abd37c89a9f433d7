package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.FolderFormat;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.customer.AuditReport;
import org.groundwork.networks.storage.customer.BucketNames;
import org.groundwork.networks.storage.customer.CustomerSettings;
import org.groundwork.networks.storage.customer.RepairReport;
import org.groundwork.networks.storage.customer.StorageCustomer;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Packs;
import org.groundwork.networks.storage.s3.S3Server;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One customer with an S3 endpoint, from the configuration file to the running parts. */
public final class CustomerDaemon implements AutoCloseable {
  private static final String MANIFESTS = "manifests";

  /** Below a customer's folder: what was read, which nobody misses. */
  public static final Path CACHE = Path.of("data", MANIFESTS, StorageCustomer.CACHE);

  private static final Logger LOG = LoggerFactory.getLogger(CustomerDaemon.class);
  private static final long TRASH_SECONDS = 3600;
  private static final long STATUS_SECONDS = 10;

  private final ChainLink link;
  private final Payer payer;
  private final StorageCustomer customer;
  private final Packs packs;
  private final Buckets buckets;
  private final S3Server server;
  private final String url;
  private final Optional<ContentDaemon> content;
  private final List<Worker> keepers = new ArrayList<>();
  private final Path status;
  private volatile Optional<RepairReport> lastRepair = Optional.empty();
  private volatile Optional<Instant> lastSnapshot = Optional.empty();

  /** Starts the customer of a folder. */
  public static CustomerDaemon start(Path folder) throws IOException {
    return new CustomerDaemon(folder);
  }

  private CustomerDaemon(Path folder) throws IOException {
    CustomerSetup setup = ConfigFile.read(folder.resolve(CustomerSetup.FILE), CustomerSetup.class);
    AccountKey key =
        Keystore.openAccount(
            Path.of(setup.accountKey()), Password.fromFile(Path.of(setup.passwordFile())));
    EndpointSetup endpoint = EndpointSetup.read(folder);
    link = new ChainLink(Path.of(setup.deployment()), URI.create(setup.rpc()));
    ChainFeed chain = link.feed();
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    KeepingSetup keeping = KeepingSetup.read(folder);
    Path data = folder.resolve("data");
    status = folder.resolve(GatewayStatus.FILE);
    FolderFormat.check(data);
    payer = new Payer(data, chain.domain(), key, random);
    customer =
        new StorageCustomer(
            data.resolve(MANIFESTS),
            CustomerSettings.standard()
                .withDealSlots(setup.dealSlots())
                .withCacheBytes((long) keeping.cacheMib() << 20),
            keeping.limits(),
            Files.readAllBytes(Path.of(setup.masterKeyFile())),
            chain,
            new NetworkId(setup.network()),
            payer,
            clock,
            random);
    packs = new Packs(customer, data.resolve("packs.mv"));
    buckets = Buckets.open(data.resolve("buckets.mv"));
    server =
        S3Server.start(
            endpoint.config(setup), packs, buckets, endpoint.users(setup), clock, random);
    url = endpoint.url(setup.host(), server.port());
    content = content(folder, setup, key, clock);
    keep("keeper", setup.repairSeconds(), this::repairShallow);
    keep("snapshots", keeping.metadataSeconds(), this::snapshot);
    keep("audits", keeping.auditSeconds(), () -> audit(keeping.auditStripes()));
    keep("trash", TRASH_SECONDS, () -> collectGarbage(Duration.ofDays(keeping.trashDays())));
    keep("status", STATUS_SECONDS, this::tell);
  }

  private Optional<ContentDaemon> content(
      Path folder, CustomerSetup setup, AccountKey key, InstantSource clock) throws IOException {
    Path file = folder.resolve(ContentSetup.FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    NetworkId network = new NetworkId(setup.network());
    return Optional.of(
        new ContentDaemon(
            folder,
            ConfigFile.read(file, ContentSetup.class),
            new NamedObjects(buckets, packs, clock),
            link.feed().schedule(),
            new CustomerSurroundings(link, customer, clock),
            new ReservedPayments(link, network, key, CustomerSettings.standard().shape())));
  }

  private void keep(String name, long seconds, Worker.Step step) {
    if (seconds > 0) {
      Worker worker = new Worker(name, Duration.ofSeconds(seconds), step);
      worker.start();
      keepers.add(worker);
    }
  }

  public int port() {
    return server.port();
  }

  /** Where clients find the S3 endpoint. */
  public String url() {
    return url;
  }

  /** Looks at every piece and makes lost ones again. */
  public RepairReport repair(boolean deep) throws IOException {
    try {
      return customer.repair(deep);
    } catch (ObjectStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private boolean repairShallow() throws IOException {
    RepairReport report = repair(false);
    lastRepair = Optional.of(report);
    if (report.lost() > 0) {
      LOG.info("Repair: {}", report);
    }
    return false;
  }

  /** Leaves a snapshot of the metadata with the network. */
  public boolean snapshot() throws IOException {
    try {
      customer.saveMetadata(new BucketNames(buckets, packs));
      lastSnapshot = Optional.of(InstantSource.system().instant());
      return false;
    } catch (ObjectStoreException e) {
      throw new IOException("no snapshot of the metadata: " + e.getMessage(), e);
    }
  }

  private boolean audit(int stripes) throws IOException {
    try {
      for (AuditReport report : customer.audit(stripes)) {
        for (AuditReport.Holder holder : report.failures()) {
          LOG.warn(
              "Audit: device {} should hold {}: {}",
              holder.device(),
              holder.piece(),
              holder.finding());
        }
      }
      return false;
    } catch (ObjectStoreException e) {
      throw new IOException("no audit: " + e.getMessage(), e);
    }
  }

  private boolean collectGarbage(Duration keep) throws IOException {
    try {
      int trash = customer.collectGarbage(() -> Packs.below(buckets.manifests()), keep);
      if (trash > 0) {
        LOG.info("{} objects that nothing names are in the trash", trash);
      }
      return false;
    } catch (ObjectStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private boolean tell() throws IOException {
    GatewayStatus.write(status, customer.budget(), customer.scores(), lastRepair, lastSnapshot);
    return false;
  }

  @Override
  public void close() throws IOException {
    keepers.forEach(Worker::close);
    content.ifPresent(ContentDaemon::close);
    server.close();
    packs.close();
    customer.close();
    buckets.close();
    payer.close();
    link.close();
  }
}

package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.Coding;
import org.groundwork.networks.storage.s3.ObjectStore;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores objects with the providers of a storage network: encrypted, coded k of n, paid by deals.
 * Safe for many threads.
 */
public final class StorageCustomer implements ObjectStore, AutoCloseable {
  /** Below its folder: what was read, which is nothing that a backup wants. */
  public static final String CACHE = "cache";

  private static final Logger LOG = LoggerFactory.getLogger(StorageCustomer.class);

  private final CustomerSettings settings;
  private final ChainFeed chain;
  private final InstantSource clock;
  private final Catalog catalog;
  private final Providers providers;
  private final ExecutorService cores;
  private final HttpClient http;
  private final Uploads uploads;
  private final Stripes stripes;
  private final ObjectStreams objects;
  private final Repairs repairs;
  private final Auditor auditor;
  private final Reputation reputation;
  private final Budget budget;
  private final Endings endings;
  private final MetadataVault vault;
  private final CustomerMetadata metadata;
  private final Progress progress = new Progress();

  /**
   * A customer without a budget; its payer's reservations must exist on chain.
   *
   * @param folder where manifests are kept
   * @param masterKey 32 bytes that wrap the keys of all objects
   */
  public StorageCustomer(
      Path folder,
      CustomerSettings settings,
      byte[] masterKey,
      ChainFeed chain,
      NetworkId network,
      Payer payer,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    this(
        folder,
        settings,
        Budget.Limits.NONE,
        masterKey,
        chain,
        network,
        payer,
        clock,
        random,
        Optional.empty());
  }

  /** The same with a budget. */
  public StorageCustomer(
      Path folder,
      CustomerSettings settings,
      Budget.Limits limits,
      byte[] masterKey,
      ChainFeed chain,
      NetworkId network,
      Payer payer,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    this(
        folder,
        settings,
        limits,
        masterKey,
        chain,
        network,
        payer,
        clock,
        random,
        Optional.empty());
  }

  /**
   * The same.
   *
   * @param transport how providers are reached; over HTTP if it is empty
   */
  StorageCustomer(
      Path folder,
      CustomerSettings settings,
      Budget.Limits limits,
      byte[] masterKey,
      ChainFeed chain,
      NetworkId network,
      Payer payer,
      InstantSource clock,
      SecureRandom random,
      Optional<ProviderClient> transport)
      throws IOException {
    this.settings = settings;
    this.chain = chain;
    this.clock = clock;
    catalog = new Catalog(folder);
    int parallelism = Runtime.getRuntime().availableProcessors();
    cores = Executors.newFixedThreadPool(parallelism, Thread.ofPlatform().daemon().factory());
    Commitments commitments = new Commitments(cores, parallelism);
    Packer packer = new Packer(chain.domain().deployment(), network, cores, commitments);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    ProviderClient client =
        transport.orElseGet(() ->
            new HttpProviderClient(chain.domain(), http, payer, clock, settings.requestTimeout()));
    providers = new Providers(chain, network, payer, client, clock);
    endings = new Endings(folder.resolve("endings.log"), chain, payer, providers, client);
    reputation = new Reputation(folder.resolve("reputation.log"));
    budget = new Budget(folder.resolve("budget.log"), limits, chain.schedule(), clock);
    uploads =
        new Uploads(
            chain,
            network,
            payer,
            providers,
            client,
            endings,
            reputation,
            packer,
            budget,
            progress,
            settings,
            clock,
            random);
    Downloads downloads = new Downloads(providers, client, commitments, budget, settings, progress);
    DiskCache cache = new DiskCache(folder.resolve(CACHE), settings.cacheBytes());
    stripes = new Stripes(settings, uploads, downloads, commitments, packer, budget, cache);
    objects =
        new ObjectStreams(
            settings, new StripeCipher(masterKey), stripes, uploads, progress, random);
    StripeRepair repair =
        new StripeRepair(
            providers,
            client,
            uploads,
            downloads,
            commitments,
            packer,
            settings,
            progress,
            this::slotNow);
    Catalog metadata = new Catalog(folder.resolve("metadata"));
    repairs = new Repairs(List.of(catalog, metadata), repair, stripes, uploads, providers, budget);
    RootKeeper roots =
        new RootKeeper(
            chain,
            network,
            payer,
            client,
            new StripeCipher(masterKey),
            random,
            settings.shape().parity() + 1);
    vault =
        new MetadataVault(
            folder.resolve("metadata"), objects, metadata, uploads, roots, settings.shape(), clock);
    this.metadata = new CustomerMetadata(catalog, metadata, payer, this::slotNow);
    auditor = new Auditor(catalog, downloads, stripes, reputation, random);
    budget.restart(this.metadata.rate());
  }

  @Override
  public Stored put(InputStream data, long length) throws IOException, ObjectStoreException {
    return put(data, length, Coding.USUAL);
  }

  @Override
  public Stored put(InputStream data, long length, Coding coding)
      throws IOException, ObjectStoreException {
    Shape shape = coding.shape().orElse(settings.shape());
    Manifest manifest = objects.write(data, length, shape, coding.packing(), catalog::put);
    return new Stored(manifest.id().bytes(), manifest.length());
  }

  @Override
  public void read(Stored stored, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException {
    Objects.checkFromIndexSize(offset, length, stored.length());
    objects.read(manifest(stored), offset, length, out);
  }

  @Override
  public void delete(Stored stored) throws IOException, ObjectStoreException {
    Hash id = new Hash(stored.manifest());
    Optional<Manifest> manifest = catalog.get(id);
    if (manifest.isPresent()) {
      // Noted before the manifest goes: a provider that is away hears of it later.
      endings.add(manifest.get().pieces());
      catalog.remove(id);
      stripes.forget(manifest.get());
      uploads.release(manifest.get().pieces());
    }
  }

  /**
   * What providers ask for a GiB and slot now: the middle one of their prices.
   *
   * @throws IOException if none of them answers
   */
  public Credits storagePrice() throws IOException {
    return providers.storagePrice();
  }

  /** What this customer has done since its start. */
  public Progress.Snapshot progress() {
    return progress.snapshot();
  }

  /**
   * Looks at all objects, makes lost pieces again and places them, and renews deals that end soon.
   *
   * @param deep fetches and verifies each piece; otherwise providers are believed when they say
   *     that they hold one
   */
  public RepairReport repair(boolean deep) throws IOException, ObjectStoreException {
    return repair(_ -> deep);
  }

  /**
   * The same; the pieces on some devices, such as those that verdicts name, are fetched and
   * verified.
   */
  public RepairReport repair(Set<DeviceId> suspects) throws IOException, ObjectStoreException {
    return repair(piece -> suspects.contains(piece.device()));
  }

  private RepairReport repair(Predicate<PieceRecord> deep)
      throws IOException, ObjectStoreException {
    endings.deliver(slotNow());
    return repairs.run(deep);
  }

  /**
   * Fetches all pieces of stripes drawn at random, and says what each holder had. What is found is
   * paid as any reading is, and decides whom this customer trusts with further pieces.
   *
   * @param count how many stripes
   */
  public List<AuditReport> audit(int count) throws IOException, ObjectStoreException {
    return auditor.audit(count);
  }

  /** The score of each provider that was audited, from 0 to 1. */
  public Map<DeviceId, Double> scores() {
    Map<DeviceId, Double> scores = new TreeMap<>();
    reputation.all().forEach((device, standing) -> scores.put(device, standing.score()));
    return scores;
  }

  /** How many objects there are. */
  public int objects() throws IOException {
    return catalog.ids().size();
  }

  /** How much of the month's budget is used. */
  public Budget.Status budget() {
    return budget.status();
  }

  /**
   * Leaves a snapshot of all metadata with the network, if anything has changed: this customer's
   * manifests and what others know of them. From it and its keys a gateway is rebuilt.
   *
   * @return whether there is a new one
   */
  public boolean saveMetadata(MetadataSource names) throws IOException, ObjectStoreException {
    return vault.save(metadata.with(names));
  }

  /**
   * Reads the newest snapshot that {@link #saveMetadata} left, into this new customer.
   *
   * @param names takes what is not this customer's own
   */
  public void restoreMetadata(MetadataSource.Sink names) throws IOException, ObjectStoreException {
    vault.restore(metadata.sink(names));
    metadata.setAside();
    budget.restart(metadata.rate());
  }

  /** Who uses what is stored here. */
  public interface Uses {
    Set<Bytes> manifests() throws IOException;
  }

  /**
   * Finds what nothing uses, such as objects whose names a crash kept from being written. It goes
   * to a trash, from where it comes back when something uses it after all; after a while it is
   * deleted.
   *
   * @param used asked for the manifests of all that is used; everything that is stored here must be
   *     known to it
   * @param keep how long the trash keeps things; longer than any upload takes
   * @return how many objects are in the trash now
   */
  public int collectGarbage(Uses used, Duration keep) throws IOException, ObjectStoreException {
    Instant now = clock.instant();
    List<Hash> kept = catalog.ids();
    Set<Bytes> manifests = used.manifests();
    for (Hash id : catalog.trash()) {
      if (manifests.contains(id.bytes())) {
        catalog.restore(id);
      } else if (catalog.discardedAt(id).plus(keep).isBefore(now)) {
        delete(new Stored(id.bytes(), 0));
      }
    }
    for (Hash id : kept) {
      if (!manifests.contains(id.bytes())) {
        catalog.discard(id, now);
      }
    }
    return catalog.trash().size();
  }

  @Override
  public void close() {
    objects.close();
    http.shutdownNow();
    // What is queued runs: somebody waits for it.
    cores.shutdown();
    try {
      endings.close();
      reputation.close();
      budget.close();
      vault.close();
    } catch (IOException e) {
      LOG.warn("A log was not closed: {}", e.toString());
    }
  }

  private SlotNumber slotNow() {
    return chain.schedule().slotAt(clock.instant().getEpochSecond());
  }

  private Manifest manifest(Stored stored) throws IOException, ObjectStoreException {
    return catalog
        .get(new Hash(stored.manifest()))
        .orElseThrow(() -> new ObjectStoreException.Corrupted("The object's manifest is missing."));
  }
}

package org.groundwork.cli.daemon;

import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.groundwork.networks.storage.arweave.Endowment;
import org.groundwork.networks.storage.arweave.PermanentApi;
import org.groundwork.networks.storage.arweave.PermanentSettings;
import org.groundwork.networks.storage.arweave.PermanentStore;
import org.groundwork.networks.storage.arweave.Surroundings;
import org.groundwork.networks.storage.arweave.UploadApi;
import org.groundwork.networks.storage.content.ContentServer;
import org.groundwork.networks.storage.ipld.BlockIndex;
import org.groundwork.networks.storage.ipld.IpfsGateway;
import org.groundwork.networks.storage.ipld.NetworkBlocks;
import org.groundwork.networks.storage.ipld.Profile;
import org.groundwork.networks.storage.ipld.Publisher;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.EpochSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public side of a customer's gateway: content by its CID, and permanent storage. */
public final class ContentDaemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContentDaemon.class);
  private static final int TOKEN_BYTES = 24;
  private static final long YEAR_SECONDS = 365L * 24 * 3600;

  /** Closed from the last to the first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final List<Worker> workers = new ArrayList<>();
  private final ContentServer server;

  /** Where the token of the operator of a customer's folder is. */
  public static Path operatorToken(Path folder) {
    return folder.resolve("data/permanent/operator-token");
  }

  /**
   * Starts.
   *
   * @param folder the customer's
   * @param payments what reserves credits for providers
   */
  ContentDaemon(
      Path folder,
      ContentSetup setup,
      NamedObjects objects,
      EpochSchedule schedule,
      Surroundings surroundings,
      EndowmentKeeper.Payments payments)
      throws IOException {
    InstantSource clock = InstantSource.system();
    List<Consumer<HttpRouting.Builder>> fronts = new ArrayList<>();
    fronts.add(ipfs(folder, setup, objects)::route);
    if (setup.permanent()) {
      fronts.add(permanent(folder, setup, objects, schedule, surroundings, payments, clock)::route);
    }
    server = ContentServer.start(setup.host(), setup.port(), fronts);
    parts.push(server);
    workers.forEach(Worker::start);
  }

  private IpfsGateway ipfs(Path folder, ContentSetup setup, NamedObjects objects)
      throws IOException {
    Profile profile =
        Profile.named(setup.ipfsProfile())
            .orElseThrow(() -> new IOException(ContentSetup.FILE + " names no profile of UnixFS"));
    BlockIndex index = BlockIndex.open(folder.resolve("data/blocks.mv"));
    parts.push(index);
    Publisher publisher = new Publisher(objects, index, setup.ipfsBuckets(), profile);
    Worker worker =
        new Worker(
            "publisher",
            Duration.ofSeconds(setup.ipfsSeconds()),
            () -> {
              publisher.step();
              return false;
            });
    workers.add(worker);
    return new IpfsGateway(new NetworkBlocks(index, objects), worker::wake);
  }

  private PermanentApi permanent(
      Path folder,
      ContentSetup setup,
      NamedObjects objects,
      EpochSchedule schedule,
      Surroundings surroundings,
      EndowmentKeeper.Payments payments,
      InstantSource clock)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("data/permanent"));
    Endowment endowment =
        new Endowment(
            Math.ceilDiv(YEAR_SECONDS, schedule.slotSeconds()),
            payments.needed(),
            payments.pieces(),
            setup.declineBasisPoints(),
            setup.marginBasisPoints(),
            setup.overheadBytes());
    PermanentStore store =
        new PermanentStore(
            home,
            objects,
            new PermanentSettings(
                setup.permanentBucket(),
                endowment,
                setup.freeBytes(),
                setup.maxItemBytes(),
                setup.maxSpoolBytes()),
            surroundings,
            clock);
    parts.push(store);
    workers.add(
        new Worker(
            "endowment",
            Duration.ofSeconds(setup.renewSeconds()),
            new EndowmentKeeper(store, payments)::step));
    UploadApi uploads = new UploadApi(store, home.resolve("uploads"), clock, new SecureRandom());
    return new PermanentApi(store, uploads, token(operatorToken(folder)));
  }

  private static String token(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(token), StandardOpenOption.WRITE);
    }
    return Files.readString(file).strip();
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("A part did not close: {}", e.toString());
      }
    }
  }
}

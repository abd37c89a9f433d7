package org.groundwork.networks.storage.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.Payee;
import org.groundwork.agent.SlotFeed;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Seed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider daemon: one device that stores pieces, proves them, and serves them. */
public final class StorageProvider implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageProvider.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CONNECTIONS = 1024;
  private static final int MAX_SHOWN = 100;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  private final ProviderConfig config;
  private final DeviceIdentity identity;
  private final Outbox outbox;
  private final PieceStore store;
  private final DealBook book;
  private final HoldingForecast forecast;
  private final SlotProver prover;
  private final EgressDesk egress;
  private final Housekeeping housekeeping;
  private final Scrubber scrubber;
  private final SlotFeed slots;
  private final WebServer server;
  private volatile long lastSlot = -1;

  /**
   * Opens the provider's folder; nothing runs before {@link #start}.
   *
   * @param folder the provider's own
   * @param outbox started and closed by the caller, like {@code payee}
   */
  public StorageProvider(
      ProviderConfig config,
      StorageParameters parameters,
      DeviceIdentity identity,
      Path folder,
      ChainFeed chain,
      CarryFeed results,
      Outbox outbox,
      Payee payee,
      InstantSource clock)
      throws IOException {
    EpochSchedule schedule = chain.schedule();
    this.config = config;
    this.identity = identity;
    this.outbox = outbox;
    store = new PieceStore(folder, config.capacityBytes(), config.keepFreeBytes(), clock);
    book = new DealBook(folder.resolve("deals.log"));
    Reporter reporter = new Reporter(outbox, book);
    forecast = new HoldingForecast(book, results, schedule, identity.network(), identity.device());
    prover = new SlotProver(parameters, identity.device(), forecast, store, outbox);
    egress =
        new EgressDesk(config.egressPerGiB(), config.unsignedAllowance(), payee, outbox, schedule);
    housekeeping = new Housekeeping(config, schedule, store, book, reporter, forecast, clock);
    scrubber = new Scrubber(store, config.scrubBytesPerSecond(), config.scrubEvery());
    slots = new SlotFeed(chain, identity.network(), clock, parameters.answerSlots(), this::onSlot);
    DealIntake deals =
        new DealIntake(config, parameters, identity, chain, store, book, reporter, clock);
    ProviderApi api = new ProviderApi(config, chain, store, deals, egress, clock, this::status);
    MetadataRootApi roots =
        new MetadataRootApi(
            new MetadataRoots(folder.resolve("roots")), chain, identity.network(), deals);
    server = server(config, api, roots);
  }

  private static WebServer server(ProviderConfig config, ProviderApi api, MetadataRootApi roots) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .shutdownHook(false)
        .maxTcpConnections(MAX_CONNECTIONS)
        .maxPayloadSize(-1)
        .connectionOptions(options -> options.readTimeout(READ_TIMEOUT).tcpNoDelay(true))
        .addProtocol(Http1Config.builder().continueImmediately(false).build())
        .routing((HttpRouting.Builder routing) -> {
          api.route(routing);
          roots.route(routing);
        })
        .build();
  }

  public StorageProvider start() throws IOException {
    forecast.refresh();
    housekeeping.resume();
    server.start();
    scrubber.start();
    slots.start();
    LOG.info(
        "Device {} stores {} pieces for {} deals, at {}",
        identity.device(),
        store.pieces().size(),
        book.size(),
        endpoint());
    return this;
  }

  /** Where customers reach it. */
  public String endpoint() {
    return "http://" + config.host() + ":" + server.port();
  }

  public int port() {
    return server.port();
  }

  /** The last slot that was dealt with; -1 before the first. */
  public long lastSlot() {
    return lastSlot;
  }

  /** Pieces that are known to be damaged, by CID, with what is wrong. */
  public Map<String, String> damaged() {
    return new TreeMap<>(store.damaged());
  }

  /** Reads every piece now and compares it with its commitment. */
  public void scrub() throws InterruptedException {
    for (PieceCommitment piece : store.pieces()) {
      scrubber.scrub(piece);
    }
  }

  @Override
  public void close() throws IOException {
    slots.close();
    scrubber.close();
    server.stop();
    book.close();
  }

  private void onSlot(Seed seed) {
    try {
      prover.onSlot(seed);
      egress.onSlot(seed.slot());
      housekeeping.onSlot(seed.slot());
      lastSlot = seed.slot().value();
    } catch (IOException e) {
      LOG.warn("Slot {}: {}", seed.slot(), e.toString());
    }
  }

  private ObjectNode status() {
    ObjectNode status =
        JSON.createObjectNode()
            .put("device", identity.device().value())
            .put("network", identity.network().value())
            .put("capacityBytes", config.capacityBytes())
            .put("usedBytes", store.usedBytes())
            .put("pieces", store.pieces().size())
            .put("deals", book.size())
            .put("lastSlot", lastSlot)
            .put("answeredSlots", prover.answered())
            .put("flawedChallenges", prover.flawed())
            .put("scrubbedPieces", scrubber.scrubbed())
            .put("servedBytes", egress.servedBytes())
            .put("waitingReports", outbox.waiting())
            .put("promisedReports", outbox.promised())
            .put("droppedReports", outbox.dropped());
    ObjectNode damaged = status.putObject("damaged");
    new TreeMap<>(store.damaged())
        .entrySet().stream()
            .limit(MAX_SHOWN)
            .forEach(entry -> damaged.put(entry.getKey(), entry.getValue()));
    return status;
  }
}

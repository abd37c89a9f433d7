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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.Payee;
import org.groundwork.agent.SlotFeed;
import org.groundwork.agent.http.TimedSockets;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider daemon: one device that stores pieces, proves them, and serves them. */
public final class StorageProvider implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageProvider.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CONNECTIONS = 1024;

  /**
   * After this long without a byte a connection is closed. Longer than clients keep one for their
   * next request, which would go into a connection that is just being closed: 30 s with the JDK's.
   */
  static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  private final ProviderConfig config;
  private final DeviceIdentity identity;
  private final Outbox outbox;
  private final PieceStore store;
  private final DealBook book;
  private final DealEnds ends;
  private final Defence defence;
  private final HoldingForecast forecast;
  private final SlotProver prover;
  private final EgressDesk egress;
  private final PriceDesk prices;
  private final DealIntake deals;
  private final Leaving leaving;
  private final Drain drain;
  private final Scores scores = new Scores();
  private final StatusView view;
  private final EpochSchedule schedule;
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
    schedule = chain.schedule();
    this.config = config;
    this.identity = identity;
    this.outbox = outbox;
    store =
        new PieceStore(
            folder,
            config.room().capacityBytes(),
            config.room().keepFreeBytes(),
            config.store(),
            clock);
    prices = new PriceDesk(config, identity, folder.resolve("prices.log"));
    leaving = new Leaving(folder);
    drain = new Drain(store, config.scrubbing().bytesPerSecond());
    book = new DealBook(folder.resolve("deals.log"));
    ends =
        new DealEnds(
            folder.resolve("ended-deals.log"),
            schedule.slotAt(Math.max(schedule.genesis(), clock.instant().getEpochSecond())));
    defence = new Defence(identity.device(), store, this::endOf, clock);
    Reporter reporter = new Reporter(outbox, book);
    forecast = new HoldingForecast(book, results, schedule, identity.network(), identity.device());
    prover =
        new SlotProver(parameters, identity.device(), forecast, store, outbox, schedule, clock);
    Supplier<Credits> readingPrice =
        () -> prices.egressPerGiB(schedule.slotAt(clock.instant().getEpochSecond()));
    egress =
        new EgressDesk(readingPrice, config.offer().unsignedAllowance(), payee, outbox, schedule);
    Watch watch =
        new Watch(config, parameters, schedule, store, prover.history(), scores, outbox, defence);
    view = new StatusView(store, prover.history(), scores, watch, defence);
    housekeeping = new Housekeeping(config, schedule, store, book, ends, reporter, forecast, clock);
    scrubber = new Scrubber(store, config.scrubbing().bytesPerSecond(), config.scrubbing().every());
    slots = new SlotFeed(chain, identity.network(), clock, parameters.answerSlots(), this::onSlot);
    deals =
        new DealIntake(config, parameters, identity, chain, store, book, reporter, prices, clock);
    ProviderApi api =
        new ProviderApi(
            config,
            chain,
            store,
            deals,
            egress,
            prices,
            new TokenBucket(config.store().uploadBytesPerSecond(), System::nanoTime),
            new TokenBucket(config.store().downloadBytesPerSecond(), System::nanoTime),
            clock,
            this::status);
    MetadataRootApi roots =
        new MetadataRootApi(
            new MetadataRoots(folder.resolve("roots")), chain, identity.network(), deals);
    server = server(config, api, roots);
  }

  private static WebServer server(ProviderConfig config, ProviderApi api, MetadataRootApi roots) {
    return TimedSockets.server(READ_TIMEOUT)
        .host(config.address().host())
        .port(config.address().port())
        .maxTcpConnections(MAX_CONNECTIONS)
        .maxPayloadSize(-1)
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
    drain.start();
    slots.start();
    LOG.info(
        "Device {} stores {} pieces for {} deals, at {}",
        identity.device(),
        store.size(),
        book.size(),
        endpoint());
    return this;
  }

  /** Where customers reach it. */
  public String endpoint() {
    return "http://" + config.address().host() + ":" + server.port();
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

  private Optional<Bytes> endOf(Hash deal) {
    return book.find(deal).flatMap(DealBook.Entry::endSignature).or(() -> ends.find(deal));
  }

  /**
   * Does what the court asks of this device now. For a thread of its own: transactions take time.
   *
   * @return whether something was done, so that there may be more to do
   */
  public boolean answer(CourtFeed court) throws IOException {
    return defence.step(court);
  }

  @Override
  public void close() throws IOException {
    slots.close();
    scrubber.close();
    drain.close();
    server.stop();
    book.close();
    ends.close();
    prices.close();
    store.close();
  }

  private void onSlot(Seed seed) {
    try {
      prover.onSlot(seed);
      egress.onSlot(seed.slot());
      housekeeping.onSlot(seed.slot());
      scores.note(forecast.base());
      announce(seed.slot());
      lastSlot = seed.slot().value();
    } catch (IOException e) {
      LOG.warn("Slot {}: {}", seed.slot(), e.toString());
    }
  }

  /** Signs the prices of the moment, and whether the provider leaves. */
  private void announce(SlotNumber slot) throws IOException {
    Optional<SlotNumber> leaves =
        leaving
            .deadline()
            .map(end -> schedule.slotAt(Math.max(schedule.genesis(), end.getEpochSecond())));
    deals.leaveBy(leaves);
    prices.onSlot(slot, leaves.isPresent());
  }

  private ObjectNode status() {
    ObjectNode status =
        JSON.createObjectNode()
            .put("device", identity.device().value())
            .put("network", identity.network().value())
            .put("capacityBytes", config.room().capacityBytes())
            .put("usedBytes", store.usedBytes())
            .put("pieces", store.size())
            .put("deals", book.size())
            .put("lastSlot", lastSlot)
            .put("answeredSlots", prover.answered())
            .put("flawedChallenges", prover.flawed())
            .put("scrubbedPieces", scrubber.scrubbed())
            .put("movedPieces", drain.moved())
            .put("servedBytes", egress.servedBytes())
            .put("waitingReports", outbox.waiting())
            .put("promisedReports", outbox.promised())
            .put("droppedReports", outbox.dropped());
    view.writeTo(status, book.size(), deals.leaves());
    return status;
  }
}

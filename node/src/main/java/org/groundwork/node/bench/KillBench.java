package org.groundwork.node.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.node.wire.ReportStreamClient;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.time.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a gateway keeps its word. A process of its own admits from a stream and is killed with
 * SIGKILL in the middle of it, several times; what was not answered is sent again to its successor.
 * At the end all slots are sealed, and each report with a promise must stand in a segment of the
 * slot that the promise names, once.
 */
public final class KillBench {
  private static final Logger LOG = LoggerFactory.getLogger(KillBench.class);
  private static final int DEVICES = 1000;
  private static final int MESSAGE = 50;
  private static final int MESSAGES_UNDER_WAY = 20;
  private static final int REPORTS_SIGNED_AT_ONCE = 5000;
  private static final int SHORTEST_LIFE = 500;
  private static final int LONGEST_LIFE = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SEALING = Duration.ofSeconds(60);

  /** Bits of a segment's number below its slot. */
  private static final int PART_BITS = 20;

  private final Path folder;
  private final EpochSchedule schedule =
      new EpochSchedule(Time.system().instant().getEpochSecond() - 1, 1, 100_000, 1);
  private final Workload devices = new Workload(DEVICES);
  private final HttpClient http = NodeClient.http();
  private final Random random;
  private final Map<Hash, SlotNumber> promised = new HashMap<>();
  private final Deque<Message> waiting = new ArrayDeque<>();
  private int signed;

  private KillBench(Path folder, long seed) {
    this.folder = folder;
    random = new Random(seed);
  }

  private record Message(Bytes content, List<Hash> hashes) {}

  private record UnderWay(Message message, CompletableFuture<Bytes> answers) {}

  /**
   * What came of it.
   *
   * @param promised reports with a genuine promise
   * @param lost of these, reports that stand in no segment of their slot
   * @param twice reports that stand in the segments more than once
   */
  public record Result(int kills, long promised, long lost, long twice) {}

  /** Kills a gateway so many times. */
  public static Result run(int kills, long seed) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "bench-ingest");
    try {
      KillBench bench = new KillBench(folder, seed);
      for (int i = 0; i < kills; i++) {
        bench.oneLife();
      }
      return bench.result(kills);
    } catch (Malformed e) {
      throw new IOException("the gateway gave a promise that is worth nothing", e);
    } finally {
      IngestBench.delete(folder);
    }
  }

  private void oneLife() throws IOException, InterruptedException, Malformed {
    Process gateway =
        JavaProcess.start(
            GatewayProcess.class,
            List.of(folder.toString(), "" + schedule.genesis(), "" + DEVICES));
    BufferedReader out = gateway.inputReader(StandardCharsets.UTF_8);
    try {
      URI uri = URI.create(String.valueOf(out.readLine()));
      // Killed after so many promises: at a moment that nobody chose.
      int life = SHORTEST_LIFE + random.nextInt(LONGEST_LIFE - SHORTEST_LIFE);
      try (ReportStreamClient stream = ReportStreamClient.open(http, uri, PATIENCE)) {
        sendUntilBroken(stream, gateway, promised.size() + life);
      }
    } finally {
      JavaProcess.kill(gateway);
    }
    LOG.info("Killed; {} reports are promised so far", promised.size());
  }

  private void sendUntilBroken(ReportStreamClient stream, Process gateway, int enough)
      throws InterruptedException, Malformed, IOException {
    Deque<UnderWay> underWay = new ArrayDeque<>();
    List<Message> unanswered = new ArrayList<>();
    boolean broken = false;
    while (!broken || !underWay.isEmpty()) {
      if (!broken && underWay.size() < MESSAGES_UNDER_WAY) {
        Message next = next();
        try {
          underWay.add(new UnderWay(next, stream.send(next.content)));
        } catch (IOException e) {
          broken = true;
          unanswered.add(next);
        }
      } else {
        UnderWay first = underWay.remove();
        try {
          keep(first.message, first.answers.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
          if (promised.size() >= enough) {
            Process asked = gateway.destroyForcibly();
            LOG.debug("{} was asked to end", asked);
          }
        } catch (ExecutionException e) {
          broken = true;
          unanswered.add(first.message);
        } catch (TimeoutException e) {
          throw new IOException("no answer within " + PATIENCE, e);
        }
      }
    }
    unanswered.forEach(waiting::addFirst);
  }

  private Message next() {
    if (waiting.isEmpty()) {
      List<Report> reports = devices.reports(EpochNumber.FIRST, signed, REPORTS_SIGNED_AT_ONCE);
      signed += REPORTS_SIGNED_AT_ONCE;
      for (int from = 0; from < reports.size(); from += MESSAGE) {
        waiting.add(message(reports.subList(from, from + MESSAGE)));
      }
    }
    return waiting.remove();
  }

  private static Message message(List<Report> reports) {
    CanonicalWriter content = new CanonicalWriter();
    reports.forEach(report -> content.raw(report.encode()));
    List<Hash> hashes =
        reports.stream().map(report -> Sha256.hash(report.body().unsafeArray())).toList();
    return new Message(content.toBytes(), hashes);
  }

  private void keep(Message message, Bytes answers) throws Malformed {
    List<StreamAnswer> said = StreamAnswer.decode(answers, message.hashes.size());
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i) instanceof StreamAnswer.Promised(Promise promise)) {
        boolean good =
            promise.report().equals(message.hashes.get(i))
                && promise.gateway().equals(Workload.GATEWAY.account())
                && (i > 0 || promise.isGenuine(Workload.DOMAIN));
        if (!good) {
          throw new Malformed("a promise for another report, or by another gateway");
        }
        SlotNumber before = promised.put(promise.report(), promise.slot());
        if (before != null && !before.equals(promise.slot())) {
          throw new Malformed("another promise for the same report");
        }
      }
    }
  }

  private Result result(int kills) throws IOException, InterruptedException {
    seal();
    Map<Hash, SlotNumber> found = new HashMap<>();
    long twice = 0;
    SegmentStore store = new SegmentStore(folder.resolve("segments"));
    try (Stream<Path> files = Files.walk(folder.resolve("segments"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        Hash address = Hash.fromHex(name.substring(0, name.indexOf('.')));
        Segment segment = store.get(address).orElseThrow();
        SlotNumber slot = new SlotNumber(segment.header().number() >>> PART_BITS);
        for (int i = 0; i < segment.count(); i++) {
          Hash hash = Sha256.hash(segment.report(i).body().unsafeArray());
          twice += found.put(hash, slot) == null ? 0 : 1;
        }
      }
    }
    long lost =
        promised.entrySet().stream()
            .filter(each -> !each.getValue().equals(found.get(each.getKey())))
            .count();
    return new Result(kills, promised.size(), lost, twice);
  }

  /** Opens the folder once more, until every slot with a promise is sealed. */
  private void seal() throws IOException, InterruptedException {
    long last = promised.values().stream().mapToLong(SlotNumber::value).max().orElse(0);
    try (BenchGateway gateway = new BenchGateway(folder, schedule, devices)) {
      long deadline = Time.system().millis() + SEALING.toMillis();
      while (gateway.sealedThrough() < last) {
        if (Time.system().millis() > deadline) {
          throw new IOException("slots are not sealed within " + SEALING);
        }
        Time.system().pause(Duration.ofMillis(50));
      }
    }
  }
}

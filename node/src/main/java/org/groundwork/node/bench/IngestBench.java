package org.groundwork.node.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Sender;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.VerifyBench;
import org.groundwork.settlement.time.Time;

/**
 * How many signed reports a gateway admits and makes durable, beside what the signature library
 * alone could verify on all cores. Rate and limit take turns within one run; medians are compared.
 * All reports are signed before their round begins.
 */
public final class IngestBench {
  private static final int DEVICES = 10_000;

  /** Rounds before the measured ones: after fewer the compiler is still at work. */
  private static final int WARM_UP = 8;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  /** Reports that one in-memory producer hands over at once, and keeps under way. */
  private static final int BATCH = 64;

  private static final int UNDER_WAY = 16_384;

  private final int reportsPerRound;
  private final int rounds;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final LongSupplier nanoClock = System::nanoTime;
  private final OperatingSystemMXBean processor =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final VerifyBench.Limit limit = new VerifyBench.Limit();
  private final Workload devices = new Workload(DEVICES);
  private int next;

  private IngestBench(int reportsPerRound, int rounds) {
    this.reportsPerRound = reportsPerRound;
    this.rounds = rounds;
  }

  /**
   * Reports a second beside the limit.
   *
   * @param rate reports a second
   * @param limit signatures a second of the library alone on all cores at once
   * @param ratio rate over limit
   * @param gatewayMicros processor time of the gateway's process for a report
   * @param signatureMicros processor time of one bare verification
   * @param senderCores cores that the sending process used; 0 from memory
   */
  public record Figure(
      double rate,
      double limit,
      double ratio,
      double gatewayMicros,
      double signatureMicros,
      double senderCores) {

    /** Rate over the limit of the cores that the sending process left. */
    public double ratioOfGatewayCores(int cores) {
      return ratio * cores / (cores - senderCores);
    }
  }

  /**
   * How long a report waits for its promise.
   *
   * @param load reports a second that were sent
   */
  public record Delay(double load, double p50Millis, double p99Millis, double maxMillis) {}

  /** All three figures, and the cores of the machine. */
  public record Result(Figure memory, Figure stream, Delay acknowledgement, int cores) {}

  /**
   * Runs all three.
   *
   * @param reportsPerRound reports of one round
   * @param rounds measured rounds of each figure
   */
  public static Result run(int reportsPerRound, int rounds)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "bench-ingest");
    IngestBench bench = new IngestBench(reportsPerRound, rounds);
    EpochSchedule schedule =
        new EpochSchedule(Time.system().instant().getEpochSecond() - 1, 1 << 20, 1 << 10, 1);
    try (BenchGateway gateway = new BenchGateway(folder, schedule, bench.devices)) {
      Figure memory = bench.fromMemory(gateway.admission());
      try (SenderProcess sender = SenderProcess.start(gateway.uri(), DEVICES)) {
        Figure stream = bench.throughStreams(sender);
        Delay delay = bench.atHalfLoad(sender, stream.rate());
        return new Result(memory, stream, delay, bench.cores);
      }
    } finally {
      delete(folder);
    }
  }

  private Figure fromMemory(Admission admission) throws InterruptedException {
    Sender sender = admission.sender("memory");
    List<Sample> samples = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      List<List<Report>> batches =
          batches(devices.reports(EpochNumber.FIRST, take(), reportsPerRound));
      collectGarbage();
      VerifyBench.Limit.AllCores library = limit.measure();
      long processorBefore = processor.getProcessCpuTime();
      long start = nanoClock.getAsLong();
      admitAll(admission, sender, batches);
      long nanos = nanoClock.getAsLong() - start;
      long used = processor.getProcessCpuTime() - processorBefore;
      if (round >= 0) {
        samples.add(new Sample(reportsPerRound, nanos, used, 0, library));
      }
    }
    return figure(samples);
  }

  /** The signed reports are the bench's own: moving them about is not the gateway's work. */
  private static void collectGarbage() {
    System.gc();
  }

  private static List<List<Report>> batches(List<Report> reports) {
    List<List<Report>> batches = new ArrayList<>();
    for (int from = 0; from < reports.size(); from += BATCH) {
      batches.add(List.copyOf(reports.subList(from, Math.min(from + BATCH, reports.size()))));
    }
    return batches;
  }

  private static void admitAll(Admission admission, Sender sender, List<List<Report>> batches)
      throws InterruptedException {
    Semaphore window = new Semaphore(UNDER_WAY);
    AtomicInteger refused = new AtomicInteger();
    for (List<Report> batch : batches) {
      window.acquire(batch.size());
      admission.admit(
          sender,
          batch,
          answers -> {
            for (Answer answer : answers) {
              if (!(answer instanceof Answer.Promised)) {
                refused.incrementAndGet();
              }
            }
            window.release(batch.size());
          });
    }
    window.acquire(UNDER_WAY);
    if (refused.get() > 0) {
      throw new IllegalStateException(refused + " good reports were refused");
    }
  }

  private Figure throughStreams(SenderProcess sender) throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      sender.sign(take(), reportsPerRound);
      collectGarbage();
      VerifyBench.Limit.AllCores library = limit.measure();
      long processorBefore = processor.getProcessCpuTime();
      SenderProcess.Sent sent = sender.send();
      long used = processor.getProcessCpuTime() - processorBefore;
      if (round >= 0) {
        samples.add(
            new Sample(reportsPerRound, sent.nanos(), used, sent.processorNanos(), library));
      }
    }
    return figure(samples);
  }

  private Delay atHalfLoad(SenderProcess sender, double fullRate)
      throws IOException, InterruptedException {
    double load = fullRate / 2;
    Delay delay = new Delay(0, 0, 0, 0);
    for (int round = -1; round < 1; round++) {
      sender.sign(take(), reportsPerRound);
      delay = sender.pace(load);
    }
    return delay;
  }

  private int take() {
    int first = next;
    next += reportsPerRound;
    return first;
  }

  private record Sample(
      int reports,
      long nanos,
      long gatewayNanos,
      long senderNanos,
      VerifyBench.Limit.AllCores library) {}

  private Figure figure(List<Sample> samples) {
    double rate = median(samples.stream().mapToDouble(s -> s.reports * NANOS_PER_SECOND / s.nanos));
    double limitOfCores = median(samples.stream().mapToDouble(s -> s.library.perSecond()));
    return new Figure(
        rate,
        limitOfCores,
        rate / limitOfCores,
        median(samples.stream().mapToDouble(s -> s.gatewayNanos / NANOS_PER_MICRO / s.reports)),
        median(samples.stream().mapToDouble(s -> s.library.processorNanos() / NANOS_PER_MICRO)),
        median(samples.stream().mapToDouble(s -> (double) s.senderNanos / s.nanos)));
  }

  private static double median(java.util.stream.DoubleStream values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}

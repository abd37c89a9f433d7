package org.groundwork.protocol.crypto;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.groundwork.protocol.Bytes;

/**
 * How close batch verification of Ed25519 comes to what the machine can do. The rate is that of
 * {@link VerifyPool} on all cores, predicate included, over distinct messages of several keys; the
 * limit is the bare library on as many threads as there are cores, each on its own. Both take turns
 * within one run, and medians are compared.
 */
public final class VerifyBench {
  private static final int KEYS = 16;
  private static final int MESSAGES = 4096;
  private static final int MESSAGE_BYTES = 200;
  private static final int ROUNDS = 21;

  /** Signatures of one round for each core. */
  private static final int ROUND = MESSAGES;

  private static final double NANOS_PER_SECOND = 1e9;

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final LongSupplier nanoClock;
  private final List<SignedMessage> messages = messages();
  private final List<VerifierBackend.LoadedKey> bare;

  private VerifyBench(VerifierBackend backend, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.bare = messages.stream().limit(KEYS).map(SignedMessage::key).map(backend::load).toList();
  }

  /** Signatures a second; {@code ratio} is rate over limit. */
  public record Result(double rate, double limit, double ratio, String unit) {}

  public static Result run() throws InterruptedException {
    return run(ROUNDS);
  }

  static Result run(int rounds) throws InterruptedException {
    return new VerifyBench(SignatureVerifiers.bestBackend(), System::nanoTime).measure(rounds);
  }

  /** The limit alone, for benches of what verification is a part of. */
  public static final class Limit {
    private final VerifyBench bench =
        new VerifyBench(SignatureVerifiers.bestBackend(), System::nanoTime);

    /**
     * The bare library on all cores at once: less than one of them alone, times their number, where
     * cores share their clock or their units.
     *
     * @param perSecond signatures a second
     * @param processorNanos processor time of one; unlike the rate it does not suffer from others
     *     who use the machine
     */
    public record AllCores(double perSecond, double processorNanos) {}

    /** Measures now; takes a fraction of a second. */
    public AllCores measure() throws InterruptedException {
      return bench.limit();
    }
  }

  private Result measure(int rounds) throws InterruptedException {
    double[] rates = new double[rounds];
    double[] limits = new double[rounds];
    try (VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), cores)) {
      List<SignedMessage> batch = batch();
      for (int round = -rounds / 4; round < rounds; round++) {
        double limit = limit().perSecond();
        double rate = rate(pool, batch);
        if (round >= 0) { // those before warm up
          limits[round] = limit;
          rates[round] = rate;
        }
      }
    }
    double rate = median(rates);
    double limit = median(limits);
    return new Result(rate, limit, rate / limit, "signatures/s");
  }

  private double rate(VerifyPool pool, List<SignedMessage> batch) throws InterruptedException {
    long start = nanoClock.getAsLong();
    int good = pool.verify(batch).cardinality();
    return perSecond(good, batch.size(), start);
  }

  private Limit.AllCores limit() throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = nanoClock.getAsLong();
    long processor = 0;
    try (ExecutorService all = Executors.newFixedThreadPool(cores)) {
      Callable<Long> one =
          () -> {
            long before = threads.getCurrentThreadCpuTime();
            verifyBare();
            return threads.getCurrentThreadCpuTime() - before;
          };
      for (Future<Long> each : all.invokeAll(Collections.nCopies(cores, one))) {
        processor += each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    double seconds = (nanoClock.getAsLong() - start) / NANOS_PER_SECOND;
    int count = ROUND * cores;
    return new Limit.AllCores(count / seconds, (double) processor / count);
  }

  private void verifyBare() {
    int good = 0;
    for (int i = 0; i < ROUND; i++) {
      SignedMessage next = messages.get(i % MESSAGES);
      byte[] signature = next.signature().unsafeArray();
      if (bare.get(i % KEYS).verify(next.message().unsafeArray(), signature)) {
        good++;
      }
    }
    requireAll(good, ROUND);
  }

  private double perSecond(int good, int expected, long start) {
    requireAll(good, expected);
    return good * NANOS_PER_SECOND / (nanoClock.getAsLong() - start);
  }

  private static void requireAll(int good, int expected) {
    if (good != expected) {
      throw new IllegalStateException("good signatures were refused");
    }
  }

  private List<SignedMessage> batch() {
    List<SignedMessage> batch = new ArrayList<>(ROUND * cores);
    for (int i = 0; i < ROUND * cores; i++) {
      batch.add(messages.get(i % MESSAGES));
    }
    return batch;
  }

  private static List<SignedMessage> messages() {
    List<DeviceKey> keys = new ArrayList<>(KEYS);
    for (int i = 0; i < KEYS; i++) {
      byte[] secret = new byte[DeviceKey.SECRET_SIZE];
      Arrays.fill(secret, (byte) (i + 1));
      keys.add(DeviceKey.fromSecret(KeyType.ED25519, secret));
    }
    List<SignedMessage> messages = new ArrayList<>(MESSAGES);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] message = new byte[MESSAGE_BYTES];
      message[0] = (byte) i;
      message[1] = (byte) (i >> 8);
      DeviceKey key = keys.get(i % KEYS);
      messages.add(new SignedMessage(key.publicKey(), Bytes.wrap(message), key.sign(message)));
    }
    return messages;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

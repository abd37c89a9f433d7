package org.groundwork.protocol.crypto;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.groundwork.protocol.Bytes;

/**
 * How close batch verification of Ed25519 comes to what the machine can do. The rate is that of
 * {@link VerifyPool} on all cores, predicate included, over distinct messages of several keys; the
 * limit is the bare library on one thread, times the cores. Both take turns within one run, and
 * medians are compared.
 */
public final class VerifyBench {
  private static final int KEYS = 16;
  private static final int MESSAGES = 4096;
  private static final int MESSAGE_BYTES = 200;
  private static final int ROUNDS = 21;

  /** Signatures of one round of the limit; the rate's round has as many for each core. */
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
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * The bare library on one thread.
     *
     * @param perSecond signatures a second
     * @param processorNanos processor time of one; unlike the rate it does not suffer from others
     *     who use the machine
     */
    public record OneThread(double perSecond, double processorNanos) {}

    /** Measures now; takes a fraction of a second. */
    public OneThread measure() {
      long before = threads.getCurrentThreadCpuTime();
      double perSecond = bench.limitOfOneThread();
      return new OneThread(
          perSecond, (double) (threads.getCurrentThreadCpuTime() - before) / ROUND);
    }
  }

  private Result measure(int rounds) throws InterruptedException {
    double[] rates = new double[rounds];
    double[] limits = new double[rounds];
    try (VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), cores)) {
      List<SignedMessage> batch = batch();
      for (int round = -rounds / 4; round < rounds; round++) {
        double limit = limitOfOneThread() * cores;
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

  private double limitOfOneThread() {
    long start = nanoClock.getAsLong();
    int good = 0;
    for (int i = 0; i < ROUND; i++) {
      SignedMessage next = messages.get(i % MESSAGES);
      byte[] signature = next.signature().unsafeArray();
      if (bare.get(i % KEYS).verify(next.message().unsafeArray(), signature)) {
        good++;
      }
    }
    return perSecond(good, ROUND, start);
  }

  private double perSecond(int good, int expected, long start) {
    if (good != expected) {
      throw new IllegalStateException("good signatures were refused");
    }
    return good * NANOS_PER_SECOND / (nanoClock.getAsLong() - start);
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

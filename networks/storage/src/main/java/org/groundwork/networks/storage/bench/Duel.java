package org.groundwork.networks.storage.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Measures two ways to work in turns and takes the median of each, so that whatever else the
 * machine does meets both.
 */
final class Duel {
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 11;

  /** Work that answers how much of it was done. */
  @FunctionalInterface
  interface Work {
    double run() throws Exception;
  }

  private Duel() {}

  static BenchResult run(Work ours, Work limit, String unit) throws Exception {
    double[] rates = new double[ROUNDS];
    double[] limits = new double[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double rate = rate(ours);
      double bound = rate(limit);
      if (round >= 0) {
        rates[round] = rate;
        limits[round] = bound;
      }
    }
    return BenchResult.of(median(rates), median(limits), unit);
  }

  /** Does the same on each of so many threads; answers the sum. */
  static double onAll(ExecutorService threads, int count, Callable<Double> work)
      throws InterruptedException, ExecutionException {
    double sum = 0;
    for (Future<Double> part :
        threads.invokeAll(IntStream.range(0, count).mapToObj(i -> work).toList())) {
      sum += part.get();
    }
    return sum;
  }

  private static double rate(Work work) throws Exception {
    long start = System.nanoTime();
    double done = work.run();
    return done * 1e9 / (System.nanoTime() - start);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}

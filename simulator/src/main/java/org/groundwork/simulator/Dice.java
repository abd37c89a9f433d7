package org.groundwork.simulator;

import java.util.List;
import java.util.SplittableRandom;
import org.groundwork.simulator.disk.Chance;

/**
 * Seeded choices of one part of a simulation; each part has its own, so that none disturbs another.
 */
final class Dice implements Chance {
  private final SplittableRandom random;

  Dice(long seed, String part) {
    long mixed = seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
    for (int i = 0; i < part.length(); i++) {
      mixed = (mixed ^ part.charAt(i)) * 0x100000001B3L;
    }
    random = new SplittableRandom(mixed);
  }

  @Override
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from {@code from} to {@code to}, both included. */
  long between(long from, long to) {
    return random.nextLong(from, to + 1);
  }

  /** Whether something happens that does so this often in ten thousand times. */
  boolean happens(int basisPoints) {
    return random.nextInt(10_000) < basisPoints;
  }

  <T> T oneOf(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }
}

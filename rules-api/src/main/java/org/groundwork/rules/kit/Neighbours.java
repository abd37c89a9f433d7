package org.groundwork.rules.kit;

import java.util.List;

/**
 * Compares a value with those of its neighbours: it may be off their median by a tolerance and four
 * times their median absolute deviation, which is about three standard deviations of what is
 * normally distributed.
 *
 * @param tolerance of the field, for what places differ by
 */
public record Neighbours(Quantity quantity, long tolerance) {
  /** Fewer say nothing. */
  public static final int MIN_VOICES = 3;

  /** More are not asked: the first ones are. */
  public static final int MAX_VOICES = 256;

  private static final long SPREADS = 4;

  /** What the neighbours say: their middle, and how far from it one may be. */
  public record View(long middle, long bound) {}

  /**
   * The neighbours' view.
   *
   * @param voices at least one
   */
  public View view(List<Long> voices) {
    List<Long> heard = voices.subList(0, Math.min(voices.size(), MAX_VOICES));
    long middle = middle(heard);
    long spread = median(heard.stream().map(voice -> quantity.distance(middle, voice)).toList());
    return new View(middle, tolerance + SPREADS * spread);
  }

  /** Whether a value is further off than its neighbours' view allows. */
  public boolean isOff(long value, View view) {
    return quantity.distance(view.middle(), value) > view.bound();
  }

  /** The lower median: half of the values or more are not below it, nor above. */
  public static long median(List<Long> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }

  /** The median; on a circle the value with the least distance to all. */
  private long middle(List<Long> voices) {
    if (quantity.wrap() == 0) {
      return median(voices);
    }
    long best = voices.getFirst();
    long least = Long.MAX_VALUE;
    for (long candidate : voices.stream().sorted().toList()) {
      long sum = voices.stream().mapToLong(voice -> quantity.distance(candidate, voice)).sum();
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    return best;
  }
}

package org.groundwork.rules.kit;

import java.util.List;

/**
 * Tells whether one series is two that were shuffled into each other, as when one key is used at
 * two places: values jump from each one to the next, and not from each one to the next but one.
 *
 * @param least a smaller mean change says nothing
 */
public record Interleaved(Quantity quantity, long least) {
  /** Fewer values say nothing. */
  public static final int MIN_VALUES = 12;

  private static final long RATIO = 3;

  /** Whether these values, in order of time, come from two places. */
  public boolean test(List<Long> values) {
    if (values.size() < MIN_VALUES) {
      return false;
    }
    long next = 0;
    long second = 0;
    for (int i = 2; i < values.size(); i++) {
      next += quantity.distance(values.get(i - 1), values.get(i));
      second += quantity.distance(values.get(i - 2), values.get(i));
    }
    return next > RATIO * second && next / values.size() > least;
  }
}

package org.groundwork.rules.kit;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Tells whether one series is a copy of another. Two sensors, however near, have noise of their
 * own, so that their changes from step to step differ; copies differ by less, whatever constant was
 * added to them.
 */
public final class Likeness {
  /** A copy may come so many steps after, or before, the original. */
  public static final int MAX_LAG = 2;

  /** A series that changes less often says nothing. */
  public static final int MIN_CHANGES = 8;

  /** The squares of the differences are smaller by this than those of the changes. */
  private static final long RATIO = 64;

  /** Changes are cut to so many bits, so that sums of squares are exact. */
  private static final int BITS = 22;

  private Likeness() {}

  /** What a pair of series looks like. */
  public enum Verdict {
    /** One of them hardly changes. */
    SILENT,
    UNLIKE,
    COPY
  }

  /**
   * Compares two series of one quantity, by step.
   *
   * @param lag so many steps after the first one the second one is read; negative for before
   */
  public static Verdict compare(
      Quantity quantity, SortedMap<Long, Long> first, SortedMap<Long, Long> second, int lag) {
    long changes = 0;
    long both = 0;
    long apart = 0;
    int shift = shift(quantity, first, second);
    for (Map.Entry<Long, Long> each : first.entrySet()) {
      Long before = first.get(each.getKey() - 1);
      Long other = second.get(each.getKey() + lag);
      Long otherBefore = second.get(each.getKey() + lag - 1);
      if (before == null || other == null || otherBefore == null) {
        continue;
      }
      long a = quantity.change(before, each.getValue()) >> shift;
      long b = quantity.change(otherBefore, other) >> shift;
      changes += a == 0 ? 0 : 1;
      both += a * a + b * b;
      apart += (a - b) * (a - b);
    }
    if (changes < MIN_CHANGES) {
      return Verdict.SILENT;
    }
    return apart <= both / RATIO ? Verdict.COPY : Verdict.UNLIKE;
  }

  /**
   * Compares devices by all their quantities: a copy is one in at least two thirds of those that
   * change.
   */
  public static boolean isCopy(
      List<Quantity> quantities,
      List<? extends SortedMap<Long, Long>> first,
      List<? extends SortedMap<Long, Long>> second) {
    for (int lag = -MAX_LAG; lag <= MAX_LAG; lag++) {
      int copies = 0;
      int unlike = 0;
      for (int i = 0; i < quantities.size(); i++) {
        switch (compare(quantities.get(i), first.get(i), second.get(i), lag)) {
          case COPY -> copies++;
          case UNLIKE -> unlike++;
          case SILENT -> {}
        }
      }
      if (copies > 0 && copies >= 2 * unlike) {
        return true;
      }
    }
    return false;
  }

  private static int shift(
      Quantity quantity, SortedMap<Long, Long> first, SortedMap<Long, Long> second) {
    long largest = Math.max(largest(quantity, first), largest(quantity, second));
    return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(largest) - BITS);
  }

  private static long largest(Quantity quantity, SortedMap<Long, Long> series) {
    long largest = 0;
    for (Map.Entry<Long, Long> each : series.entrySet()) {
      Long before = series.get(each.getKey() - 1);
      if (before != null) {
        largest = Math.max(largest, quantity.distance(before, each.getValue()));
      }
    }
    return largest;
  }
}

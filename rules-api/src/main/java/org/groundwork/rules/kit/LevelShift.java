package org.groundwork.rules.kit;

import java.util.List;

/**
 * Tells whether a level changed for good: the medians before and after differ by more than a
 * tolerance. Of a station's offsets from its neighbours such a change means that it stands
 * elsewhere.
 */
public record LevelShift(long tolerance) {
  /** So many offsets at most are looked at on either side. */
  public static final int MAX_VALUES = 24;

  /** Fewer on either side say nothing: the sun on a wall passes. */
  public static final int MIN_VALUES = 12;

  /** Whether the level after differs from the one before. */
  public boolean test(List<Long> before, List<Long> after) {
    return before.size() >= MIN_VALUES
        && after.size() >= MIN_VALUES
        && Math.abs(Neighbours.median(after) - Neighbours.median(before)) > tolerance;
  }

  /** The newest values that are looked at. */
  public static List<Long> newest(List<Long> values) {
    return values.subList(Math.max(0, values.size() - MAX_VALUES), values.size());
  }
}

package org.groundwork.rules.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is missing in a series that should have a value every {@code cadence} seconds. The
 * grid has no fixed phase: what counts is the time between two values, with a quarter of the
 * cadence to spare.
 */
public record Gaps(long cadence) {
  /**
   * Values that did not come.
   *
   * @param from Unix second at which the first of them was due
   * @param to Unix second at which values came again, or the end
   * @param missing how many, at least 1
   */
  public record Gap(long from, long to, long missing) {}

  public Gaps {
    if (cadence < 1) {
      throw new IllegalArgumentException("a cadence of " + cadence);
    }
  }

  /** How many values are missing between two that follow each other. */
  public long missing(long before, long after) {
    return Math.max(0, Math.floorDiv(after - before + cadence / 4, cadence) - 1);
  }

  /**
   * All gaps, in order.
   *
   * @param before time of the last value before the first one
   * @param times ascending, all after {@code before}
   * @param end the first second that is not looked at
   */
  public List<Gap> find(long before, List<Long> times, long end) {
    List<Gap> gaps = new ArrayList<>();
    long last = before;
    for (long time : times) {
      add(gaps, last, time, missing(last, time));
      last = time;
    }
    add(gaps, last, end, Math.floorDiv(end - 1 - last - cadence / 4, cadence));
    return gaps;
  }

  private void add(List<Gap> gaps, long last, long next, long missing) {
    if (missing > 0) {
      gaps.add(new Gap(last + cadence, next, missing));
    }
  }
}

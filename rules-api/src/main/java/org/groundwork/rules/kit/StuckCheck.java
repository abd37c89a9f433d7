package org.groundwork.rules.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds a sensor that reports one and the same value: the flat line test of QARTOD. What is real is
 * noisy; the run must be longer than the quantity's own pauses.
 *
 * @param minRun so many equal values in a row are a stuck sensor
 */
public record StuckCheck(long minRun) {
  /**
   * Where a series stood when it was cut.
   *
   * @param run how many times the value came in a row, 0 for none
   */
  public record State(long value, long run) {
    public static final State NONE = new State(0, 0);
  }

  /** What is said of a series: one flag for each value, true for stuck, and how it goes on. */
  public record Result(List<Boolean> stuck, State after) {}

  public StuckCheck {
    if (minRun < 2) {
      throw new IllegalArgumentException("a run of " + minRun);
    }
  }

  /**
   * Flags all values of a run that is long enough, from its first on.
   *
   * @param exempt a value of this or more breaks a run: saturated air has humidity 100 for hours
   */
  public Result judge(List<Observation> series, State before, long exempt) {
    List<Boolean> stuck = new ArrayList<>();
    long value = before.value();
    long run = before.run();
    int first = 0;
    for (int i = 0; i < series.size(); i++) {
      long next = series.get(i).value();
      if (next >= exempt) {
        run = 0;
      } else if (run > 0 && next == value) {
        run++;
      } else {
        run = 1;
      }
      if (run <= 1) {
        first = i;
      }
      value = next;
      stuck.add(run >= minRun);
      if (run >= minRun) {
        mark(stuck, first);
      }
    }
    return new Result(stuck, new State(value, run));
  }

  /** The values before the last one, back to the first of its run or to one that is marked. */
  private static void mark(List<Boolean> stuck, int first) {
    for (int i = stuck.size() - 2; i >= first && !stuck.get(i); i--) {
      stuck.set(i, true);
    }
  }
}

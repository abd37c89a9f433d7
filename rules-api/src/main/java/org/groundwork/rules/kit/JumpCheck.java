package org.groundwork.rules.kit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds values that a quantity cannot have reached from the last good one: the rate of change and
 * spike tests of QARTOD. A level that lasts is taken for true after {@value #SETTLED} values.
 *
 * @param maxStep the largest change within one cadence
 */
public record JumpCheck(Quantity quantity, long maxStep, Gaps gaps) {
  /** So many values at a new level, one after the other, and it is the level. */
  public static final int SETTLED = 10;

  /** What is said of a value. */
  public enum Verdict {
    GOOD,
    /** It went away and came back. */
    SPIKE,
    /** It went away and stayed. */
    JUMP
  }

  /**
   * Where a series stood when it was cut.
   *
   * @param time of the last value, -1 if there was none
   * @param good the last good value
   * @param pending how many values at a new level there are
   * @param level the last of them
   */
  public record State(long time, long good, int pending, long level) {
    public static final State NONE = new State(-1, 0, 0, 0);
  }

  /** What is said of a series: one verdict for each value, and how it goes on. */
  public record Result(List<Verdict> verdicts, State after) {}

  public JumpCheck {
    if (maxStep < 1) {
      throw new IllegalArgumentException("steps of " + maxStep);
    }
  }

  public Result judge(List<Observation> series, State before) {
    List<Verdict> verdicts = new ArrayList<>(Collections.nCopies(series.size(), Verdict.GOOD));
    State state = before;
    for (int i = 0; i < series.size(); i++) {
      state = next(verdicts, i, series.get(i), state);
    }
    peaks(series, before, verdicts);
    return new Result(verdicts, state);
  }

  private State next(List<Verdict> verdicts, int i, Observation next, State before) {
    if (before.time() < 0 || isNear(before, before.good(), next)) {
      return new State(next.time(), next.value(), 0, 0);
    }
    verdicts.set(i, Verdict.SPIKE);
    boolean goesOn = before.pending() > 0 && isNear(before, before.level(), next);
    int pending = goesOn ? before.pending() + 1 : 1;
    if (pending < SETTLED) {
      return new State(next.time(), before.good(), pending, next.value());
    }
    for (int k = Math.max(0, i - pending + 1); k <= i; k++) {
      verdicts.set(k, Verdict.JUMP);
    }
    return new State(next.time(), next.value(), 0, 0);
  }

  private boolean isNear(State before, long value, Observation next) {
    long steps = 1 + gaps.missing(before.time(), next.time());
    long distance = quantity.distance(value, next.value());
    return distance / maxStep < steps || distance == Math.multiplyExact(maxStep, steps);
  }

  /** Single values that stand out from both neighbours by more than half of the largest step. */
  private void peaks(List<Observation> series, State before, List<Verdict> verdicts) {
    for (int i = 0; i + 1 < series.size(); i++) {
      boolean begins = i == 0;
      if (verdicts.get(i) != Verdict.GOOD
          || verdicts.get(i + 1) != Verdict.GOOD
          || (begins ? before.time() < 0 || before.pending() > 0 : false)
          || (!begins && verdicts.get(i - 1) != Verdict.GOOD)) {
        continue;
      }
      Observation left = begins ? new Observation(before.time(), before.good()) : series.get(i - 1);
      if (isPeak(left, series.get(i), series.get(i + 1))) {
        verdicts.set(i, Verdict.SPIKE);
      }
    }
  }

  private boolean isPeak(Observation left, Observation at, Observation right) {
    if (quantity.counts()
        || gaps.missing(left.time(), at.time()) > 0
        || gaps.missing(at.time(), right.time()) > 0) {
      return false;
    }
    long up = quantity.change(left.value(), at.value());
    long down = quantity.change(right.value(), at.value());
    return Long.signum(up) == Long.signum(down)
        && 2 * Math.min(Math.abs(up), Math.abs(down)) > maxStep;
  }
}

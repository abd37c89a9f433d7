package org.groundwork.rules.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds a sensor that keeps its value while another one shows that it should not: consistency
 * between two quantities over time.
 *
 * @param other the other quantity
 * @param limit see {@link Condition}
 * @param minRun so many values in a row are at fault
 */
public record FixedWhile(Condition condition, Quantity other, long limit, long minRun) {
  /** What the other quantity does. */
  public enum Condition {
    /** It is above the limit; values while it is not neither count nor end a run. */
    ABOVE,
    /** It moves by more than the limit in all. */
    MOVES,
    /** It keeps its value as well. */
    FIXED
  }

  /** Values of both at one moment. */
  public record Pair(long value, long other) {}

  /**
   * Where a series stood when it was cut.
   *
   * @param run how many values count, 0 for none
   * @param moved by how much the other one moved in the run
   */
  public record State(long value, long other, long run, long moved) {
    public static final State NONE = new State(0, 0, 0, 0);
  }

  /** What is said of a series: one flag for each pair, true for at fault, and how it goes on. */
  public record Result(List<Boolean> faulty, State after) {}

  public FixedWhile {
    if (minRun < 2) {
      throw new IllegalArgumentException("a run of " + minRun);
    }
  }

  public Result judge(List<Pair> series, State before) {
    List<Boolean> faulty = new ArrayList<>();
    State state = before;
    int first = 0;
    for (int i = 0; i < series.size(); i++) {
      Pair next = series.get(i);
      boolean goesOn = goesOn(state, next);
      if (!goesOn) {
        first = i;
      }
      state = next(state, next, goesOn);
      boolean fault = isFault(state) && counts(next);
      faulty.add(fault);
      for (int k = i - 1; fault && k >= first && !faulty.get(k); k--) {
        faulty.set(k, counts(series.get(k)));
      }
    }
    return new Result(faulty, state);
  }

  private boolean goesOn(State state, Pair next) {
    return state.run() > 0
        && next.value() == state.value()
        && (condition != Condition.FIXED || next.other() == state.other());
  }

  private State next(State state, Pair next, boolean goesOn) {
    long run = (goesOn ? state.run() : 0) + (counts(next) ? 1 : 0);
    long moved = goesOn ? state.moved() + other.distance(state.other(), next.other()) : 0;
    return new State(next.value(), next.other(), run, moved);
  }

  private boolean counts(Pair pair) {
    return condition != Condition.ABOVE || pair.other() > limit;
  }

  private boolean isFault(State state) {
    return state.run() >= minRun && (condition != Condition.MOVES || state.moved() > limit);
  }
}

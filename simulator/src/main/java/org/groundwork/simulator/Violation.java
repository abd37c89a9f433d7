package org.groundwork.simulator;

/** An invariant does not hold. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String invariant;

  Violation(Invariant invariant, String what) {
    super(what);
    this.invariant = invariant.code();
  }

  Violation(Invariant invariant, String what, Throwable cause) {
    super(what, cause);
    this.invariant = invariant.code();
  }

  /** The invariant's code. */
  public String invariant() {
    return invariant;
  }
}

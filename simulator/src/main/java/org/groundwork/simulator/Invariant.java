package org.groundwork.simulator;

/** What must hold, whatever fails. */
public enum Invariant {
  PROMISES_KEPT(
      "promises-kept",
      "a promised report stands in a certified segment, or that it does not can be proved"),
  ONE_RESULT("one-result", "an epoch has at most one final result, and it never changes"),
  EQUAL_RESULTS("equal-results", "honest verifiers find the same about an epoch"),
  ONE_STATEMENT("one-statement", "an honest verifier signs one statement about an epoch's attempt"),
  EVIDENCE("evidence", "nobody is paid without evidence"),
  MONEY_CONSERVED("money-conserved", "no token is paid that was not burned, none is paid twice"),
  PROGRESS("progress", "when faults end, epochs settle and outboxes empty"),
  NO_BUGS("no-bugs", "no step fails with anything but I/O");

  private final String code;
  private final String sentence;

  Invariant(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }
}

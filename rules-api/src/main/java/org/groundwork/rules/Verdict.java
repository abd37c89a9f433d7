package org.groundwork.rules;

/** What became of one record. */
public sealed interface Verdict {
  /** The record counts. */
  record Accepted() implements Verdict {}

  /**
   * The record does not count.
   *
   * @param evidence what the verdict rests on, in words that its owner can check
   */
  record Rejected(Reason reason, String evidence) implements Verdict {
    /** The longest evidence that is kept, in characters. */
    public static final int MAX_EVIDENCE = 500;

    public Rejected {
      evidence = EvidenceText.of(evidence);
    }
  }

  Verdict ACCEPTED = new Accepted();

  static Verdict rejected(Reason reason, String evidence) {
    return new Rejected(reason, evidence);
  }
}

package org.groundwork.engine.audit;

/**
 * One stage of a report's way.
 *
 * @param said what happened, or why it did not
 * @param remedy what to do; empty if there is nothing to do
 */
public record ReportStage(Name name, State state, String said, String remedy) {
  /** The stages, in the order in which a report goes through them. */
  public enum Name {
    PROMISED("promised"),
    SEALED("sealed"),
    CLOCKED("slot"),
    INDEXED("indexed"),
    JUDGED("judged"),
    PAID("paid"),
    ACCEPTED("accepted"),
    FINAL("final"),
    CLAIMED("claimed");

    private final String code;

    Name(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /** How far a stage is. */
  public enum State {
    DONE("done"),
    /** It may still happen. */
    WAITING("waiting"),
    /** It will not happen any more. */
    FAILED("failed"),
    /** Nobody who was asked can tell. */
    UNKNOWN("unknown");

    private final String code;

    State(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}

package org.groundwork.engine.audit;

import java.io.IOException;

/** Why an audit could not be brought to an end: neither equal nor different. */
public final class AuditFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failures. */
  public enum Kind {
    /** Everybody was asked, and nobody has a file that is needed. */
    FILE_MISSING("audit.file-missing"),
    /** Somebody sent something else than what was asked for, and nobody sent the right thing. */
    WRONG_FILE("audit.wrong-file"),
    /** Nobody who could be asked has it, and some could not be asked. */
    UNREACHABLE("audit.unreachable"),
    /** A network's rules or parameters are unknown to this program. */
    UNKNOWN_RULES("audit.unknown-rules"),
    /** The chain is not the deployment's, or has no such result. */
    CHAIN_MISMATCH("audit.chain-mismatch");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  private final Kind kind;

  public AuditFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public AuditFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

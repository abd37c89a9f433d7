package org.groundwork.node.wire;

import java.io.IOException;

/** A node answered, but not with what was asked for. */
public final class PeerException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  public PeerException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable code, or nothing if the peer gave none. */
  public String code() {
    return code;
  }
}

package org.groundwork.networks.storage.wire;

/** Bytes or text that are not the one canonical encoding of a piece's commitment or proof. */
public final class MalformedPieceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public MalformedPieceException(String message) {
    super(message);
  }
}

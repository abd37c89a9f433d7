package org.groundwork.protocol;

/** Bytes that are not the canonical encoding of what they claim to be. */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  public Malformed(String message) {
    super(message);
  }
}

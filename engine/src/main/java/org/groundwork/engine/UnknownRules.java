package org.groundwork.engine;

/**
 * A network of the epoch cannot be judged by this program; it must not guess, and signs nothing.
 */
public final class UnknownRules extends Exception {
  private static final long serialVersionUID = 1L;

  public UnknownRules(String message) {
    super(message);
  }

  public UnknownRules(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.groundwork.agent;

/** Too many reports wait for a gateway; try again when some have left. */
public final class OutboxFull extends Exception {
  private static final long serialVersionUID = 1L;

  OutboxFull(int waiting) {
    super(waiting + " reports wait for a gateway already");
  }
}

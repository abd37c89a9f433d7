package org.groundwork.simulator.disk;

/** The process of this disk died here; nothing that it runs comes back from this. */
public final class Crashed extends Error {
  private static final long serialVersionUID = 1L;

  /** Whether a failure, perhaps of another thread, comes from a crash. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Crashed) {
        return true;
      }
    }
    return false;
  }

  Crashed() {
    super("the process crashed", null, false, false);
  }
}

package org.groundwork.agent;

import java.io.IOException;

/**
 * Lets threads that wait for the same disk write share one: who comes while one is under way is
 * served by the next.
 */
public final class SharedForce {
  /** Makes durable what was written before it was called. */
  public interface Action {
    void force() throws IOException;
  }

  private final Action action;
  private long asked;
  private long done;
  private boolean running;

  public SharedForce(Action action) {
    this.action = action;
  }

  /** Returns when everything that was written before the call is durable. */
  public void force() throws IOException {
    long covers = claim();
    if (covers == 0) {
      return;
    }
    boolean forced = false;
    try {
      action.force();
      forced = true;
    } finally {
      finish(forced ? covers : 0);
    }
  }

  /** Waits for a turn; answers what the turn covers, or 0 if another one has covered the caller. */
  private synchronized long claim() {
    long mine = ++asked;
    boolean interrupted = false;
    while (running && done < mine) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // A write to a disk is short: it is waited for.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (done >= mine) {
      return 0;
    }
    running = true;
    return asked;
  }

  private synchronized void finish(long covered) {
    running = false;
    done = Math.max(done, covered);
    notifyAll();
  }
}

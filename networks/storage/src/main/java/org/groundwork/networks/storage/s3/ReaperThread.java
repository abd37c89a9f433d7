package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link Reaper} when something was written, and again after failures. */
final class ReaperThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReaperThread.class);
  private static final long RETRY_SECONDS = 30;

  private final Reaper reaper;
  private final Semaphore woken = new Semaphore(1);
  private volatile boolean ending;
  private final Thread thread = Thread.ofVirtual().name("s3-reaper").unstarted(this::run);

  ReaperThread(Reaper reaper) {
    this.reaper = reaper;
  }

  void start() {
    thread.start();
  }

  void wake() {
    if (woken.availablePermits() == 0) {
      woken.release();
    }
  }

  private void run() {
    try {
      while (!ending) {
        if (woken.tryAcquire(RETRY_SECONDS, TimeUnit.SECONDS)) {
          woken.drainPermits();
        }
        work();
      }
    } catch (InterruptedException e) {
      LOG.warn("the reaper was interrupted and ends", e);
    }
  }

  private void work() {
    try {
      while (!ending && reaper.step()) {
        LOG.debug("more to delete");
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("bytes that nothing uses will be deleted later", e);
    }
  }

  /** Not by an interrupt, which would reach into what the store is doing. */
  @Override
  public void close() {
    ending = true;
    woken.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

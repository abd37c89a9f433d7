package org.groundwork.node.run;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one step again and again on a thread of its own: at once while there is more to do, else
 * after an interval or when woken. A step that fails is logged, once for each kind of failure in a
 * row, and tried again. Never interrupts a step: files close when their threads are interrupted.
 */
public final class Worker implements Task {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration CLOSING = Duration.ofSeconds(20);

  /** Waits after failures grow up to so many intervals. */
  private static final int MAX_PATIENCE = 10;

  /** One step. */
  public interface Step {
    /** Returns whether there is more to do at once. */
    boolean run() throws IOException, InterruptedException;
  }

  private final String name;
  private final Duration interval;
  private final Step step;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;
  private boolean closed;
  private int failures;
  private String lastFailure = "";

  /** A worker on a virtual thread. */
  public Worker(String name, Duration interval, Step step) {
    this(Thread.ofVirtual(), name, interval, step);
  }

  Worker(Thread.Builder builder, String name, Duration interval, Step step) {
    this.name = name;
    this.interval = interval;
    this.step = step;
    thread = builder.name(name).unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String failure() {
    lock.lock();
    try {
      return lastFailure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.isAlive() && !thread.join(CLOSING)) {
        LOG.warn("{} does not end; it is left behind", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean more = true;
    while (more || awaitWork()) {
      if (isClosed()) {
        return;
      }
      more = runOnce();
    }
  }

  /** One step; whether there is more to do at once. */
  private boolean runOnce() {
    try {
      boolean more = step.run();
      note("");
      return more;
    } catch (InterruptedException e) {
      note("interrupted");
    } catch (IOException e) {
      if (note(String.valueOf(e.getMessage()))) {
        LOG.warn("{}: {}; trying again", name, e.getMessage());
      }
    } catch (RuntimeException | Error e) {
      if (note(e.toString())) {
        LOG.error("{} failed; trying again", name, e);
      }
    }
    return false;
  }

  /** Remembers how the step ended; whether it failed in a new way. */
  private boolean note(String failure) {
    lock.lock();
    try {
      boolean fresh = !failure.equals(lastFailure);
      failures = failure.isEmpty() ? 0 : Math.min(failures + 1, MAX_PATIENCE);
      lastFailure = failure;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an interval, longer after failures; false when closed. */
  private boolean awaitWork() {
    lock.lock();
    try {
      long nanos = interval.multipliedBy(Math.max(1, failures)).toNanos();
      while (!closed && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return name + " every " + TimeUnit.NANOSECONDS.toMillis(interval.toNanos()) + " ms";
  }
}

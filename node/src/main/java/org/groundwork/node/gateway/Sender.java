package org.groundwork.node.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whoever sends reports from one address, and what is held against him. Safe for use by many
 * threads.
 */
public final class Sender {
  /** The most streams of one address. */
  private static final int MAX_STREAMS = 256;

  private final Allowance failures;
  private final AtomicInteger streams = new AtomicInteger();

  /** Spares the many who never fail the lock. */
  private volatile boolean failedOnce;

  /** Whether some key has signed from this address. */
  private volatile boolean trusted;

  Sender(Allowance failures) {
    this.failures = failures;
  }

  /** False if he has too many already; otherwise {@link #closeStream} follows. */
  public boolean openStream() {
    if (streams.incrementAndGet() > MAX_STREAMS) {
      streams.decrementAndGet();
      return false;
    }
    return true;
  }

  public void closeStream() {
    streams.decrementAndGet();
  }

  boolean isTroublesome(long nowMillis) {
    if (!failedOnce) {
      return false;
    }
    synchronized (this) {
      return failures.isUsedUp(nowMillis);
    }
  }

  /** A report of his was bad. */
  synchronized void failed(long nowMillis) {
    failures.take(nowMillis);
    failedOnce = true;
  }

  void trust() {
    trusted = true;
  }

  boolean isTrusted() {
    return trusted;
  }
}

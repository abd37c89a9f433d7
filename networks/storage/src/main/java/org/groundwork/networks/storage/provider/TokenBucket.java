package org.groundwork.networks.storage.provider;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A limit of bytes a second that all transfers of one direction share. Each takes small parts and
 * they are served in the order in which they ask, so that a large transfer never keeps out the
 * others: of n each gets an n-th.
 */
final class TokenBucket {
  /** Most that a transfer takes at once. */
  static final int PART = 64 * 1024;

  private static final long SECOND = 1_000_000_000L;

  private final long bytesPerSecond;
  private final long burstNanos;
  private final LongSupplier nanos;
  private long next;

  /**
   * @param bytesPerSecond 0 sets no limit
   * @param nanos a clock that only goes forward
   */
  TokenBucket(long bytesPerSecond, LongSupplier nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    // A quarter of a second, and a part at least, may go at once.
    burstNanos = bytesPerSecond == 0 ? 0 : Math.max(SECOND / 4, SECOND * PART / bytesPerSecond);
    next = nanos.getAsLong() - burstNanos;
  }

  boolean isLimited() {
    return bytesPerSecond > 0;
  }

  /** Takes bytes; answers how long to wait before they are sent, in nanoseconds. */
  synchronized long reserve(int bytes) {
    if (!isLimited()) {
      return 0;
    }
    long now = nanos.getAsLong();
    next = Math.max(next, now - burstNanos);
    next += bytes * SECOND / bytesPerSecond;
    return Math.max(0, next - now);
  }

  /** Takes bytes and waits until they may be sent. */
  void take(int bytes) throws InterruptedException {
    long wait = reserve(bytes);
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }
}

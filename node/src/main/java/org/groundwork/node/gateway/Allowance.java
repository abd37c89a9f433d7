package org.groundwork.node.gateway;

/**
 * A token bucket: so many a second, and ten times as many at once. Not safe for use by several
 * threads.
 */
public final class Allowance {
  private static final int BURST_SECONDS = 10;
  private static final long MILLIS_PER_SECOND = 1000;

  private final long perSecond;
  private final long full;

  /** In thousandths of a failure. */
  private long left;

  private long at;

  /** A full bucket. */
  public Allowance(int perSecond, long nowMillis) {
    this.perSecond = perSecond;
    full = (long) perSecond * BURST_SECONDS * MILLIS_PER_SECOND;
    left = full;
    at = nowMillis;
  }

  public boolean isUsedUp(long nowMillis) {
    refill(nowMillis);
    return left < MILLIS_PER_SECOND;
  }

  public void take(long nowMillis) {
    refill(nowMillis);
    left = Math.max(0, left - MILLIS_PER_SECOND);
  }

  /** A clock that was set back only ends the refill until it has caught up. */
  private void refill(long nowMillis) {
    long passed = Math.clamp(nowMillis - at, 0, BURST_SECONDS * MILLIS_PER_SECOND);
    left = Math.min(full, left + passed * perSecond);
    at = Math.max(at, nowMillis);
  }
}

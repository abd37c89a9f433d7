package org.groundwork.node.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told otherwise. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  public ManualClock(long unixSeconds) {
    now = Instant.ofEpochSecond(unixSeconds);
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void set(long unixSeconds) {
    now = Instant.ofEpochSecond(unixSeconds);
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }
}

package org.groundwork.settlement;

import java.time.Duration;
import java.time.Instant;
import org.groundwork.settlement.time.Time;

/** Time that passes only when somebody waits, or says so. */
public final class ManualTime implements Time {
  private Instant now;

  public ManualTime(Instant now) {
    this.now = now;
  }

  public synchronized void advance(Duration length) {
    now = now.plus(length);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public void pause(Duration length) {
    advance(length);
  }
}

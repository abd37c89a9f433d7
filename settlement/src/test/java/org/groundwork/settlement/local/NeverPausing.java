package org.groundwork.settlement.local;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.time.Time;

/** Somebody else's time, in which those who wait wait for ever: a test ticks by hand. */
record NeverPausing(ManualTime time) implements Time {
  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void pause(Duration length) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}

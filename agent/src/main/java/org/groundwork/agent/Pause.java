package org.groundwork.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting in real time, for threads that poll. */
final class Pause {
  private Pause() {}

  static void of(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}

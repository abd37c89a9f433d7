package org.groundwork.settlement.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Now, and waiting: handed in, so that tests need not wait. */
public interface Time extends InstantSource {
  /** Returns after this long. */
  void pause(Duration length) throws InterruptedException;

  static Time system() {
    return SystemTime.INSTANCE;
  }

  /** The machine's own clock. */
  enum SystemTime implements Time {
    INSTANCE;

    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      Thread.sleep(length);
    }
  }
}

package org.groundwork.node.explorer.index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.groundwork.node.explorer.database.Database;

/**
 * The whole index, step by step: the chain first, then the epochs that stand on it, then how
 * devices stand now. Whatever is interrupted goes on where it was.
 */
public final class Indexer {
  /** How much longer than it takes the state of devices waits, if only registrations changed. */
  private static final int PATIENCE = 60;

  private final Database database;
  private final ChainFollower chain;
  private final EpochFollower epochs;
  private final InstantSource clock;

  private boolean started;
  private boolean staleDevices;
  private boolean staleEpochs;
  private Instant refreshed = Instant.MIN;
  private Duration refreshing = Duration.ZERO;

  public Indexer(
      Database database, ChainFollower chain, EpochFollower epochs, InstantSource clock) {
    this.database = database;
    this.chain = chain;
    this.epochs = epochs;
    this.clock = clock;
  }

  /**
   * One step.
   *
   * @return whether there is more to do at once
   */
  public boolean step() throws IOException {
    if (!started) {
      // A process before this one may have ended in between.
      epochs.removeStale();
      staleEpochs = !database.read(CurrentState::isCurrent);
      started = true;
    }
    ChainFollower.Step read = chain.step();
    if (read.rewound() || read.events() > 0) {
      staleDevices = true;
      epochs.forget();
      if (epochs.removeStale()) {
        staleEpochs = true;
      }
    }
    if (read.more() || read.events() > 0) {
      return true;
    }
    if (epochs.step()) {
      staleEpochs = true;
      return true;
    }
    if (staleEpochs || (staleDevices && isDue())) {
      Instant from = clock.instant();
      CurrentState.refresh(database);
      refreshed = clock.instant();
      refreshing = Duration.between(from, refreshed);
      staleEpochs = false;
      staleDevices = false;
      database.addIndexes();
    }
    return false;
  }

  private boolean isDue() {
    return !refreshed.plus(refreshing.multipliedBy(PATIENCE)).isAfter(clock.instant());
  }
}

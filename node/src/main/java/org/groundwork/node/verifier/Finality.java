package org.groundwork.node.verifier;

import java.io.IOException;
import java.time.InstantSource;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.protocol.EpochNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the chain on where anybody may: takes void results back, makes undisputed ones final. */
final class Finality {
  private static final Logger LOG = LoggerFactory.getLogger(Finality.class);

  private final EpochChain chain;
  private final InstantSource clock;
  private final Turns turns;
  private long since = Long.MAX_VALUE;

  Finality(EpochChain chain, InstantSource clock, Turns turns) {
    this.chain = chain;
    this.clock = clock;
    this.turns = turns;
  }

  boolean step() throws IOException {
    boolean rollback = chain.isRollbackDue();
    if (!rollback && !chain.isFinalityDue()) {
      since = Long.MAX_VALUE;
      return false;
    }
    since = Math.min(since, clock.millis());
    EpochNumber epoch = chain.nextEpoch();
    EpochNumber opened = chain.schedule().epochAt(clock.millis() / 1000);
    EpochNumber known = epoch.compareTo(opened) < 0 ? epoch : opened;
    if (!turns.isMine(epoch, chain.verifiers(known), since)) {
      return false;
    }
    since = Long.MAX_VALUE;
    if (rollback) {
      chain.rollBack();
      LOG.warn("A void result was taken back; its epoch is judged again");
    } else {
      chain.finalise();
    }
    return true;
  }
}

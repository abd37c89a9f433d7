package org.groundwork.node.chain;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.deploy.Deployment;

/** The chain's final state, read again when what is known is too old. Safe for many threads. */
public final class FreshReader {
  private static final Duration LEAST_AGE = Duration.ofMillis(250);
  private static final Duration MOST_AGE = Duration.ofSeconds(3);

  /** Of a slot, for what is known to be old. */
  private static final int PART = 20;

  private final ChainReader reader;
  private final InstantSource clock;
  private final Duration age;
  private Instant synced = Instant.MIN;

  public FreshReader(ChainReader reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
    age = age(Duration.ofSeconds(reader.deployment().schedule().slotSeconds()));
  }

  /** How old the state may be: nodes of a chain are often paid by the question. */
  static Duration age(Duration slot) {
    Duration part = slot.dividedBy(PART);
    Duration atLeast = part.compareTo(LEAST_AGE) < 0 ? LEAST_AGE : part;
    return atLeast.compareTo(MOST_AGE) > 0 ? MOST_AGE : atLeast;
  }

  public Deployment deployment() {
    return reader.deployment();
  }

  /** The state a moment ago. */
  public synchronized ChainState state() throws IOException {
    refresh();
    return reader.state();
  }

  /** The state of the newest final block. */
  public synchronized ChainState stateNow() throws IOException {
    read();
    return reader.state();
  }

  private void refresh() throws IOException {
    if (clock.instant().isAfter(synced.plus(age))) {
      read();
    }
  }

  private void read() throws IOException {
    reader.sync();
    synced = clock.instant();
  }

  /** The state after a final block. */
  ChainState stateAt(ChainBlock block) throws IOException {
    return reader.stateAt(block.number());
  }

  /** The call that submitted an accepted result; empty if it came through another contract. */
  Optional<Calls.ResultsContract.Submit> submission(Hash resultHash) throws IOException {
    return reader.submission(resultHash);
  }

  /** The first final block at or after a Unix second; empty while there was none a moment ago. */
  public synchronized Optional<ChainBlock> firstBlockAtOrAfter(long timestamp) throws IOException {
    refresh();
    return reader.knownBlockAtOrAfter(timestamp);
  }

  /** The last final block at or before a Unix second; empty while a later one may come. */
  Optional<ChainBlock> lastBlockAtOrBefore(long timestamp) throws IOException {
    return reader.lastBlockAtOrBefore(timestamp);
  }
}

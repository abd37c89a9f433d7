package org.groundwork.node.verifier;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.protocol.Hash;

/**
 * Establishes facts about segments soon after they came, so that the end of an epoch finds them
 * ready. What does not fit into the queue is established when it is needed.
 */
final class FactsQueue implements Reception.Arrivals {
  private static final int MAX_WAITING = 10_000;

  private final FactsStore facts;
  private final SegmentStore segments;
  private final BlockingQueue<Hash> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  FactsQueue(FactsStore facts, SegmentStore segments) {
    this.facts = facts;
    this.segments = segments;
  }

  @Override
  public void arrived(Segment segment) {
    if (!waiting.offer(segment.hash())) {
      waiting.poll();
    }
  }

  /** Establishes the facts of one segment; whether there was one. */
  boolean step() throws IOException {
    Hash next = waiting.poll();
    if (next == null) {
      return false;
    }
    Optional<Segment> segment = segments.get(next);
    if (segment.isPresent()) {
      facts.establish(segment.get());
    }
    return true;
  }
}

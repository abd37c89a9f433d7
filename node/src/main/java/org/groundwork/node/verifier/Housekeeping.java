package org.groundwork.node.verifier;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.Retention;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is kept for a while only, once {@link Retention} lets it go: segments, facts, notes
 * of arrivals, and carries that are no snapshots. Results, indexes and snapshots stay. May be
 * killed at any moment: what is left is deleted by the next run.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int PAGE = 1000;

  private final Retention retention;
  private final EpochChain chain;
  private final SegmentStore segments;
  private final FactsStore facts;
  private final CarryStore carries;
  private final ArrivalLogs arrivals;
  private Optional<EpochNumber> done = Optional.empty();

  Housekeeping(
      Retention retention,
      EpochChain chain,
      SegmentStore segments,
      FactsStore facts,
      CarryStore carries,
      ArrivalLogs arrivals) {
    this.retention = retention;
    this.chain = chain;
    this.segments = segments;
    this.facts = facts;
    this.carries = carries;
    this.arrivals = arrivals;
  }

  boolean step() throws IOException {
    Optional<AcceptedResult> expired = retention.expired(chain);
    if (expired.isEmpty() || expired.map(AcceptedResult::epoch).equals(done)) {
      return false;
    }
    EpochNumber epoch = expired.get().epoch();
    List<Hash> old = segments.listBefore(epoch.next());
    for (Hash segment : old) {
      facts.forget(segment);
      segments.delete(segment);
    }
    arrivals.forgetBefore(epoch.next());
    Set<Hash> needed = needed(epoch);
    for (Hash root : carries.listBefore(epoch)) {
      if (!needed.contains(root)) {
        carries.delete(root);
      }
    }
    done = Optional.of(epoch);
    if (!old.isEmpty()) {
      LOG.info("{} segments of epochs until {} are deleted", old.size(), epoch);
    }
    return false;
  }

  /** The roots of all snapshots, and of the carries from this epoch on. */
  private Set<Hash> needed(EpochNumber from) throws IOException {
    Set<Hash> roots = new HashSet<>();
    Optional<EpochNumber> before = Optional.empty();
    EpochNumber next = EpochNumber.FIRST;
    List<AcceptedResult> page = chain.results(next, PAGE);
    while (!page.isEmpty()) {
      for (AcceptedResult result : page) {
        if (result.epoch().compareTo(from) >= 0 || retention.isSnapshot(result.epoch(), before)) {
          roots.add(result.carryRoot());
        }
        before = Optional.of(result.epoch());
      }
      next = page.getLast().epoch().next();
      page = chain.results(next, PAGE);
    }
    return roots;
  }
}

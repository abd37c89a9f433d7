package org.groundwork.engine.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.SlotNumber;

/**
 * A segment that counts, and the verdicts on its records as they are reached. Threads write the
 * verdicts of different records.
 */
final class InputSegment {
  private final int rank;
  private final SegmentFacts facts;
  private final SlotNumber slot;
  private final byte[] reasons;
  private final Map<Integer, String> evidence = new ConcurrentSkipListMap<>();

  /** Of two copies of a report the one in the segment of lower rank counts. */
  InputSegment(int rank, SegmentFacts facts, SlotNumber slot) {
    this.rank = rank;
    this.facts = facts;
    this.slot = slot;
    this.reasons = new byte[facts.count()];
  }

  int rank() {
    return rank;
  }

  SegmentFacts facts() {
    return facts;
  }

  SlotNumber slot() {
    return slot;
  }

  int reason(int record) {
    return reasons[record] & 0xFF;
  }

  void setReason(int record, int reason) {
    reasons[record] = (byte) reason;
  }

  void setEvidence(int record, String text) {
    evidence.put(record, text);
  }

  SegmentVerdicts verdicts() {
    List<SegmentVerdicts.Evidence> sorted =
        evidence.entrySet().stream()
            .map(e -> new SegmentVerdicts.Evidence(e.getKey(), e.getValue()))
            .toList();
    return new SegmentVerdicts(
        facts.segment(), facts.header().gateway(), slot, Bytes.of(reasons), sorted);
  }
}

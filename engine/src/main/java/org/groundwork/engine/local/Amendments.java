package org.groundwork.engine.local;

import java.util.List;
import java.util.Map;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.protocol.DeviceId;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Verdict;

/**
 * Lowers verdicts after the second phase, in the order of groups: of several amendments to one
 * record the first stands. What is not accepted any more, and the origin of a claim that is no
 * record, stay as they are.
 */
final class Amendments {
  private final List<InputSegment> segments;
  private final Map<DeviceId, Tally> tallies;

  Amendments(List<InputSegment> segments, Map<DeviceId, Tally> tallies) {
    this.segments = segments;
    this.tallies = tallies;
  }

  void apply(GroupPhase.Reconciled reconciled) {
    for (Claim claim : reconciled.group().surplus()) {
      lower(claim.origin(), new Verdict.Rejected(CommonReason.GROUP_FULL, ""));
    }
    for (Amendment amendment : reconciled.result().amendments()) {
      lower(amendment.record(), amendment.verdict());
    }
  }

  private void lower(RecordRef ref, Verdict.Rejected verdict) {
    Tally tally = tallies.get(ref.device());
    for (InputSegment segment : segments) {
      int record = find(segment.facts(), ref);
      if (record >= 0 && tally != null && segment.reason(record) == SegmentVerdicts.ACCEPTED) {
        segment.setReason(record, verdict.reason().number());
        tally.lower(verdict.reason().code());
        if (!verdict.evidence().isEmpty()) {
          segment.setEvidence(record, verdict.evidence());
        }
      }
    }
  }

  /** The place of a report among sorted records; negative if it is not there. */
  private static int find(SegmentFacts facts, RecordRef ref) {
    int low = facts.firstOf(ref.device().value());
    int high = facts.firstOf(ref.device().value() + 1) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = facts.sequenceOf(middle).compareTo(ref.sequence());
      if (order == 0) {
        order = facts.report(middle).compareTo(ref.report());
      }
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}

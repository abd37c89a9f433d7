package org.groundwork.engine.local;

import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.rules.RecordRef;

/** One record, where it stands. */
record Placed(InputSegment segment, int record) {
  RecordRef ref() {
    SegmentFacts facts = segment.facts();
    return new RecordRef(
        new DeviceId(facts.device(record)), facts.sequenceOf(record), facts.report(record));
  }

  boolean hasSequenceOf(Placed other) {
    return segment.facts().sequence(record) == other.segment.facts().sequence(other.record);
  }

  boolean isCopyOf(Placed other) {
    return SegmentFacts.compareReports(segment.facts(), record, other.segment.facts(), other.record)
        == 0;
  }

  Hash report() {
    return segment.facts().report(record);
  }
}

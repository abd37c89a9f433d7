package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.protocol.Bytes;

/**
 * The verdicts on the records of all segments as they are reached. Threads write those of different
 * records; what nobody rejected is accepted.
 */
public final class VerdictBook implements Judgements {
  private final List<InputSegment> segments;
  private final List<byte[]> reasons = new ArrayList<>();
  private final List<Map<Integer, String>> evidence = new ArrayList<>();

  public VerdictBook(List<InputSegment> segments) {
    this.segments = List.copyOf(segments);
    for (InputSegment segment : segments) {
      reasons.add(new byte[segment.records()]);
      evidence.add(new ConcurrentSkipListMap<>());
    }
  }

  @Override
  public void reject(RecordVerdict verdict) {
    reasons.get(verdict.segment())[verdict.record()] = (byte) verdict.reason();
    if (!verdict.evidence().isEmpty()) {
      evidence.get(verdict.segment()).put(verdict.record(), verdict.evidence());
    }
  }

  /** Rejects a record that is accepted so far; returns whether it was. */
  boolean lower(RecordVerdict verdict) {
    if (reasons.get(verdict.segment())[verdict.record()] != SegmentVerdicts.ACCEPTED) {
      return false;
    }
    reject(verdict);
    return true;
  }

  InputSegment segment(int rank) {
    return segments.get(rank);
  }

  /** All verdicts, ascending by segment. */
  List<SegmentVerdicts> verdicts() {
    return segments.stream()
        .map(this::verdicts)
        .sorted(Comparator.comparing(SegmentVerdicts::segment))
        .toList();
  }

  private SegmentVerdicts verdicts(InputSegment segment) {
    List<SegmentVerdicts.Evidence> sorted =
        evidence.get(segment.rank()).entrySet().stream()
            .map(e -> new SegmentVerdicts.Evidence(e.getKey(), e.getValue()))
            .toList();
    return new SegmentVerdicts(
        segment.segment(),
        segment.gateway(),
        segment.slot(),
        Bytes.of(reasons.get(segment.rank())),
        sorted);
  }
}

package org.groundwork.engine.steps;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.scratch.SortedRuns;
import org.groundwork.engine.scratch.Spool;
import org.groundwork.engine.scratch.StoredList;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * The verdicts on the records of all segments as they are reached: a byte for each record in memory
 * that is a file's, and the evidence in sorted runs. Threads write those of different records; what
 * nobody rejected is accepted.
 */
public final class VerdictBook implements Judgements {
  private final List<InputSegment> segments;
  private final long[] starts;
  private final MemorySegment reasons;
  private final Scratch scratch;
  private final SortedRuns evidence;

  public VerdictBook(List<InputSegment> segments, Scratch scratch) {
    this.segments = List.copyOf(segments);
    this.starts = new long[segments.size() + 1];
    for (int rank = 0; rank < segments.size(); rank++) {
      starts[rank + 1] = starts[rank] + segments.get(rank).records();
    }
    this.reasons = scratch.memory(starts[segments.size()]);
    this.scratch = scratch;
    this.evidence = new SortedRuns(scratch);
  }

  @Override
  public void reject(RecordVerdict verdict) {
    reasons.set(ValueLayout.JAVA_BYTE, place(verdict), (byte) verdict.reason());
    if (!verdict.evidence().isEmpty()) {
      Bytes text = Bytes.wrap(verdict.evidence().getBytes(StandardCharsets.UTF_8));
      try (SortedRuns.Writer writer = evidence.writer()) {
        writer.add(key(verdict), text);
      }
    }
  }

  /** Rejects a record that is accepted so far; returns whether it was. */
  boolean lower(RecordVerdict verdict) {
    if (reasons.get(ValueLayout.JAVA_BYTE, place(verdict)) != SegmentVerdicts.ACCEPTED) {
      return false;
    }
    reject(verdict);
    return true;
  }

  private long place(RecordVerdict verdict) {
    return starts[verdict.segment()] + verdict.record();
  }

  InputSegment segment(int rank) {
    return segments.get(rank);
  }

  /** All verdicts, ascending by segment; none are given afterwards. */
  List<SegmentVerdicts> verdicts() {
    evidence.finish();
    Spool verdicts = new Spool(scratch);
    segments.stream()
        .sorted(Comparator.comparing(InputSegment::segment))
        .forEach(segment -> verdicts.add(verdicts(segment).encode()));
    return new StoredList<>(verdicts.finish(), VerdictBook::decode);
  }

  private SegmentVerdicts verdicts(InputSegment segment) {
    List<SegmentVerdicts.Evidence> sorted = new ArrayList<>();
    Iterator<SortedRuns.Entry> entries =
        evidence.range(key(segment.rank(), 0), key(segment.rank() + 1, 0));
    while (entries.hasNext()) {
      sorted.add(evidence(entries.next()));
    }
    byte[] bytes =
        reasons.asSlice(starts[segment.rank()], segment.records()).toArray(ValueLayout.JAVA_BYTE);
    return new SegmentVerdicts(
        segment.segment(), segment.gateway(), segment.slot(), Bytes.wrap(bytes), sorted);
  }

  private static SegmentVerdicts.Evidence evidence(SortedRuns.Entry entry) {
    try {
      CanonicalReader key = new CanonicalReader(entry.key());
      key.u32();
      String text = new String(entry.value().unsafeArray(), StandardCharsets.UTF_8);
      return new SegmentVerdicts.Evidence(Math.toIntExact(key.u32()), text);
    } catch (Malformed e) {
      throw new IllegalStateException("evidence that this run wrote", e);
    }
  }

  private static SegmentVerdicts decode(Bytes encoded) {
    try {
      return SegmentVerdicts.decode(encoded);
    } catch (Malformed e) {
      throw new IllegalStateException("verdicts that this run wrote", e);
    }
  }

  private static Bytes key(RecordVerdict verdict) {
    return key(verdict.segment(), verdict.record());
  }

  private static Bytes key(int rank, int record) {
    return new CanonicalWriter().u32(rank).u32(record).toBytes();
  }
}

package org.groundwork.engine.segment;

import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.Sha256;

/** Gathers the reports of one segment in any order, and seals it. */
public final class SegmentWriter {
  private final SegmentHeader header;
  private final TreeMap<RecordKey, Bytes> records = new TreeMap<>();
  private int size = Segment.RECORDS_START;

  public SegmentWriter(SegmentHeader header) {
    this.header = header;
  }

  /** Whether the segment may take one more report of this size without passing its bounds. */
  public boolean fits(Report report) {
    return records.size() < Segment.MAX_RECORDS && size + encodedSize(report) <= Segment.MAX_SIZE;
  }

  /**
   * Adds a report that {@link #fits}.
   *
   * @return false if a report with the same body is in already; the first one stays
   * @throws Malformed if the body is not canonical
   */
  public boolean add(Report report) throws Malformed {
    if (!fits(report)) {
      throw new IllegalStateException("the segment is full");
    }
    RecordKey key = RecordKey.of(report);
    if (records.putIfAbsent(key, report.encode()) != null) {
      return false;
    }
    size += encodedSize(report);
    return true;
  }

  public boolean isEmpty() {
    return records.isEmpty();
  }

  public int count() {
    return records.size();
  }

  /** Canonical bytes so far. */
  public int size() {
    return size;
  }

  /** The segment, which must have a record. */
  public Segment seal() {
    if (records.isEmpty()) {
      throw new IllegalStateException("a segment has a record");
    }
    CanonicalWriter out = new CanonicalWriter();
    header.write(out);
    out.u32(records.size());
    int[] offsets = new int[records.size() + 1];
    int at = Segment.RECORDS_START;
    int next = 0;
    for (Map.Entry<RecordKey, Bytes> record : records.entrySet()) {
      offsets[next++] = at;
      at += record.getValue().size();
      out.raw(record.getValue());
    }
    offsets[next] = at;
    Bytes canonical = out.toBytes();
    return new Segment(header, canonical, Sha256.hash(canonical.unsafeArray()), offsets);
  }

  private static int encodedSize(Report report) {
    return 4 + report.body().size() + Report.SIGNATURE_SIZE;
  }
}

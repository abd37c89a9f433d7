package org.groundwork.engine.segment;

import java.util.OptionalInt;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;

/** A sealed segment in memory; its records are sorted and in their canonical encoding. */
public final class Segment {
  /** The most canonical bytes of a segment. */
  public static final int MAX_SIZE = 64 << 20;

  /** The most records of a segment. */
  public static final int MAX_RECORDS = 1 << 20;

  /** Bytes before the first record. */
  public static final int RECORDS_START = SegmentHeader.SIZE + 4;

  private final SegmentHeader header;
  private final Bytes canonical;
  private final Hash hash;
  private final int[] offsets;

  /** Offsets of all records, then the size of all bytes. */
  Segment(SegmentHeader header, Bytes canonical, Hash hash, int[] offsets) {
    this.header = header;
    this.canonical = canonical;
    this.hash = hash;
    this.offsets = offsets;
  }

  public SegmentHeader header() {
    return header;
  }

  /** The segment's address. */
  public Hash hash() {
    return hash;
  }

  public Bytes canonical() {
    return canonical;
  }

  /** How many records there are. */
  public int count() {
    return offsets.length - 1;
  }

  /** Where a record starts among the canonical bytes. */
  public int offset(int record) {
    return offsets[record];
  }

  public Report report(int record) {
    int bodyStart = offsets[record] + 4;
    int bodyEnd = offsets[record + 1] - Report.SIGNATURE_SIZE;
    return new Report(
        canonical.slice(bodyStart, bodyEnd), canonical.slice(bodyEnd, offsets[record + 1]));
  }

  public ReportBody body(int record) {
    try {
      return report(record).parse();
    } catch (Malformed e) {
      throw new IllegalStateException("a sealed segment holds canonical bodies only", e);
    }
  }

  /** The first record of this device or of a higher one; {@link #count} if there is none. */
  public int firstOf(DeviceId device) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (body(middle).device().compareTo(device) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first record of a device with this sequence. */
  public OptionalInt indexOf(DeviceId device, Sequence sequence) {
    for (int i = firstOf(device); i < count(); i++) {
      ReportBody body = body(i);
      if (!body.device().equals(device) || body.sequence().compareTo(sequence) > 0) {
        break;
      }
      if (body.sequence().equals(sequence)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The bytes in which a segment is stored and sent. */
  public Bytes compress() {
    return Frames.compress(canonical);
  }
}

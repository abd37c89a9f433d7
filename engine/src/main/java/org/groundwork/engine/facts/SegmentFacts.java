package org.groundwork.engine.facts;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.Sequence;

/**
 * What was established about one segment. Records are numbered as in the segment, in its order.
 * Reads in place, so that comparing two records makes no objects. Safe for use by many threads.
 */
public final class SegmentFacts {
  static final int ROW_SIZE = 4 + 4 + Hash.SIZE;
  static final int ROW_STATE = 4;
  static final int ROW_REPORT = 8;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int BODY = 4;

  private final SegmentHeader header;
  private final Hash segment;
  private final MemorySegment canonical;
  private final MemorySegment rows;
  private final int count;

  SegmentFacts(SegmentHeader header, Hash segment, MemorySegment canonical, MemorySegment rows) {
    this.header = header;
    this.segment = segment;
    this.canonical = canonical;
    this.rows = rows;
    this.count = (int) (rows.byteSize() / ROW_SIZE);
  }

  public SegmentHeader header() {
    return header;
  }

  MemorySegment canonical() {
    return canonical;
  }

  MemorySegment rows() {
    return rows;
  }

  /** The segment's address. */
  public Hash segment() {
    return segment;
  }

  public int count() {
    return count;
  }

  public long device(int record) {
    return canonical.get(LONG, body(record) + BodyLayout.DEVICE);
  }

  public int network(int record) {
    return canonical.get(INT, body(record) + BodyLayout.NETWORK);
  }

  /** To be compared as unsigned. */
  public long sequence(int record) {
    return canonical.get(LONG, body(record) + BodyLayout.SEQUENCE);
  }

  public Sequence sequenceOf(int record) {
    return new Sequence(sequence(record));
  }

  /** The report's hash. */
  public Hash report(int record) {
    return Hash.wrap(bytes(rows, row(record) + ROW_REPORT, Hash.SIZE));
  }

  public SignatureState signature(int record) {
    return SignatureState.of(rows.get(INT, row(record) + ROW_STATE));
  }

  public boolean isOf(int record, DeploymentId deployment) {
    return matches(record, BodyLayout.DEPLOYMENT, deployment.hash());
  }

  public boolean claimsKey(int record, Hash keyHash) {
    return matches(record, BodyLayout.KEY_HASH, keyHash);
  }

  /** Orders two records by sequence, then by report hash. */
  public static int compare(SegmentFacts a, int recordA, SegmentFacts b, int recordB) {
    int order = Long.compareUnsigned(a.sequence(recordA), b.sequence(recordB));
    return order == 0 ? compareReports(a, recordA, b, recordB) : order;
  }

  /** Orders two records by report hash. */
  public static int compareReports(SegmentFacts a, int recordA, SegmentFacts b, int recordB) {
    long rowA = row(recordA) + ROW_REPORT;
    long rowB = row(recordB) + ROW_REPORT;
    for (int i = 0; i < Hash.SIZE; i += 8) {
      int order = Long.compareUnsigned(a.rows.get(LONG, rowA + i), b.rows.get(LONG, rowB + i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The first record of this device or of a higher one; {@link #count} if there is none. */
  public int firstOf(long device) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (device(middle) < device) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Gives the pages that were read back to the system, if they are a file's: they leave this
   * process's memory, and are mapped again when they are read again.
   */
  public void unload() {
    if (canonical.isMapped()) {
      canonical.unload();
      rows.unload();
    }
  }

  public Bytes payload(int record) {
    long body = body(record);
    int size = canonical.get(INT, body + BodyLayout.PAYLOAD_SIZE);
    return Bytes.wrap(bytes(canonical, body + BodyLayout.PAYLOAD, size));
  }

  public Report signed(int record) {
    long body = body(record);
    int size = canonical.get(INT, body - BODY);
    return new Report(
        Bytes.wrap(bytes(canonical, body, size)),
        Bytes.wrap(bytes(canonical, body + size, Report.SIGNATURE_SIZE)));
  }

  private boolean matches(int record, int member, Hash expected) {
    long at = body(record) + member;
    byte[] content = expected.bytes().unsafeArray();
    return MemorySegment.mismatch(
            canonical, at, at + Hash.SIZE, MemorySegment.ofArray(content), 0, Hash.SIZE)
        < 0;
  }

  private long body(int record) {
    return rows.get(INT, row(record)) + (long) BODY;
  }

  private static long row(int record) {
    return (long) record * ROW_SIZE;
  }

  private static byte[] bytes(MemorySegment source, long at, int size) {
    return source.asSlice(at, size).toArray(ValueLayout.JAVA_BYTE);
  }
}

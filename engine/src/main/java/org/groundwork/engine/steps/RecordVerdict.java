package org.groundwork.engine.steps;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Verdict;

/**
 * The verdict on a record that does not count.
 *
 * @param segment the segment's rank
 * @param record its number in the segment
 * @param reason the reason's number
 * @param evidence empty if there is none, or if the device has too much of it
 */
public record RecordVerdict(int segment, int record, int reason, String evidence) {
  private static final int MAX_EVIDENCE_BYTES = 4 * Verdict.Rejected.MAX_EVIDENCE;

  void write(CanonicalWriter out) {
    out.u32(segment).u32(record).u8(reason);
    out.bytes(Bytes.wrap(evidence.getBytes(StandardCharsets.UTF_8)));
  }

  static RecordVerdict read(CanonicalReader in) throws Malformed {
    return new RecordVerdict(
        Math.toIntExact(in.u32()),
        Math.toIntExact(in.u32()),
        in.u8(),
        new String(in.bytes(MAX_EVIDENCE_BYTES).unsafeArray(), StandardCharsets.UTF_8));
  }

  /** Segment (u32), record (u32), reason (u8), evidence (u32 length, UTF-8). */
  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter();
    write(out);
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote in this run. */
  public static RecordVerdict decode(Bytes encoded) {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      RecordVerdict verdict = read(in);
      in.end();
      return verdict;
    } catch (Malformed e) {
      throw new IllegalStateException("a verdict that this run wrote", e);
    }
  }
}

package org.groundwork.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Verdict;

/**
 * The verdicts on one segment's records.
 *
 * @param slot of the segment, by {@link org.groundwork.engine.index.SegmentClock}
 * @param reasons one byte for each record, aligned with the segment: 0 for accepted, else the
 *     number of a {@link org.groundwork.rules.Reason}
 * @param evidence strictly ascending by record; not every rejected record has some
 */
public record SegmentVerdicts(
    Hash segment, AccountId gateway, SlotNumber slot, Bytes reasons, List<Evidence> evidence) {
  /** The byte of a record that counts. */
  public static final int ACCEPTED = 0;

  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'V', (byte) '1');
  private static final int MAX_EVIDENCE_BYTES = 4 * Verdict.Rejected.MAX_EVIDENCE;

  /** What the verdict on a record rests on. */
  public record Evidence(int record, String text) {}

  public SegmentVerdicts {
    evidence = List.copyOf(evidence);
    int previous = -1;
    for (Evidence next : evidence) {
      if (next.record() <= previous || next.record() >= reasons.size()) {
        throw new IllegalArgumentException("evidence for record " + next.record());
      }
      previous = next.record();
    }
  }

  /** Reason number of a record. */
  public int reason(int record) {
    return reasons.get(record) & 0xFF;
  }

  /** The evidence for a record; empty text if there is none. */
  public String evidence(int record) {
    return evidence.stream()
        .filter(e -> e.record() == record)
        .map(Evidence::text)
        .findFirst()
        .orElse("");
  }

  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter()
            .raw(MAGIC)
            .hash(segment)
            .account(gateway)
            .u64(slot.value())
            .bytes(reasons)
            .u32(evidence.size());
    for (Evidence next : evidence) {
      out.u32(next.record()).bytes(Bytes.wrap(next.text().getBytes(StandardCharsets.UTF_8)));
    }
    return out.toBytes();
  }

  public static SegmentVerdicts decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    if (!in.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not a file of verdicts");
    }
    try {
      SegmentVerdicts verdicts =
          new SegmentVerdicts(
              in.hash(),
              in.account(),
              new SlotNumber(in.count()),
              in.bytes(Segment.MAX_RECORDS),
              readEvidence(in));
      in.end();
      if (!verdicts.encode().equals(encoded)) {
        throw new Malformed("text that is not UTF-8");
      }
      return verdicts;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not verdicts: " + e.getMessage());
    }
  }

  private static List<Evidence> readEvidence(CanonicalReader in) throws Malformed {
    long count = in.u32();
    if (count > Segment.MAX_RECORDS) {
      throw new Malformed(count + " pieces of evidence");
    }
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int record = (int) Math.min(in.u32(), Integer.MAX_VALUE);
      byte[] text = in.bytes(MAX_EVIDENCE_BYTES).unsafeArray();
      evidence.add(new Evidence(record, new String(text, StandardCharsets.UTF_8)));
    }
    return evidence;
  }
}

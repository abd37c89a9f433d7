package org.groundwork.engine.index;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Sha256;

/**
 * The segments of one gateway in one epoch.
 *
 * @param entries strictly ascending by segment
 */
public record SegmentIndex(
    DeploymentId deployment, EpochNumber epoch, AccountId gateway, List<IndexEntry> entries) {
  /** The most entries: a segment for each second of an hour, four times over. */
  public static final int MAX_ENTRIES = 4 * 3600;

  /** The most canonical bytes; an index with more cannot be decoded and must be split. */
  public static final int MAX_SIZE = 64 << 20;

  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'I', (byte) '1');

  public SegmentIndex {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("an index of " + entries.size() + " segments");
    }
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i - 1).segment().compareTo(entries.get(i).segment()) >= 0) {
        throw new IllegalArgumentException("segments are not ascending");
      }
    }
  }

  /** The address: what verifiers certify and the chain keeps. */
  public Hash hash() {
    return Sha256.hash(encode().unsafeArray());
  }

  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter()
            .raw(MAGIC)
            .hash(deployment.hash())
            .u64(epoch.value())
            .account(gateway)
            .u32(entries.size());
    entries.forEach(entry -> write(entry, out));
    return out.toBytes();
  }

  public static SegmentIndex decode(Bytes encoded) throws Malformed {
    if (encoded.size() > MAX_SIZE) {
      throw new Malformed("an index of " + encoded.size() + " bytes");
    }
    CanonicalReader in = new CanonicalReader(encoded);
    if (!in.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not an index");
    }
    try {
      SegmentIndex index =
          new SegmentIndex(
              new DeploymentId(in.hash()),
              new EpochNumber(in.count()),
              in.account(),
              readEntries(in));
      in.end();
      return index;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not an index: " + e.getMessage());
    }
  }

  private static void write(IndexEntry entry, CanonicalWriter out) {
    out.hash(entry.segment()).u32(entry.size()).u32(entry.records()).u16(entry.signatures().size());
    for (SlotSignature signed : entry.signatures()) {
      out.account(signed.verifier()).u64(signed.slot().value()).raw(signed.signature());
    }
  }

  private static List<IndexEntry> readEntries(CanonicalReader in) throws Malformed {
    long count = in.u32();
    if (count > MAX_ENTRIES) {
      throw new Malformed("an index of " + count + " segments");
    }
    List<IndexEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Hash segment = in.hash();
      int size = (int) Math.min(in.u32(), Segment.MAX_SIZE + 1L);
      int records = (int) Math.min(in.u32(), Segment.MAX_RECORDS + 1L);
      entries.add(new IndexEntry(segment, size, records, readSignatures(in)));
    }
    return entries;
  }

  private static List<SlotSignature> readSignatures(CanonicalReader in) throws Malformed {
    int count = in.u16();
    if (count > IndexEntry.MAX_SIGNATURES) {
      throw new Malformed(count + " signatures");
    }
    List<SlotSignature> signatures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AccountId verifier = in.account();
      SlotNumber slot = new SlotNumber(in.count());
      signatures.add(new SlotSignature(verifier, slot, in.raw(AccountSignatures.SIZE)));
    }
    return signatures;
  }
}

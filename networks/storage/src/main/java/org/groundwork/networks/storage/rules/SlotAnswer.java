package org.groundwork.networks.storage.rules;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceProof;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/**
 * A device's answer to the challenges of a slot.
 *
 * @param holding the {@link Holding#hash} that the answer was made for
 * @param entries one for each challenge, in order
 */
public record SlotAnswer(SlotNumber slot, Hash holding, List<Entry> entries) {
  /** What the device can show for one challenge. */
  public sealed interface Entry {
    /** The leaf and its way to the root, from the data as it is. */
    record Shown(PieceProof proof) implements Entry {}

    /** The device says itself that it cannot read the piece. */
    record Lost() implements Entry {}
  }

  public SlotAnswer {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || entries.size() > StorageParameters.MAX_CHALLENGES) {
      throw new IllegalArgumentException("an answer of " + entries.size() + " entries");
    }
  }

  void write(CanonicalWriter out) {
    out.u64(slot.value()).hash(holding).u8(entries.size());
    for (Entry entry : entries) {
      Bytes encoded =
          switch (entry) {
            case Entry.Shown(PieceProof proof) -> proof.encode();
            case Entry.Lost() -> Bytes.EMPTY;
          };
      out.u16(encoded.size()).raw(encoded);
    }
  }

  static SlotAnswer read(CanonicalReader in) throws Malformed {
    SlotNumber slot = new SlotNumber(in.count());
    Hash holding = in.hash();
    int count = in.u8();
    if (count < 1 || count > StorageParameters.MAX_CHALLENGES) {
      throw new Malformed("an answer of " + count + " entries");
    }
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(entry(in.raw(in.u16())));
    }
    return new SlotAnswer(slot, holding, entries);
  }

  private static Entry entry(Bytes encoded) throws Malformed {
    if (encoded.isEmpty()) {
      return new Entry.Lost();
    }
    try {
      return new Entry.Shown(PieceProof.decode(encoded));
    } catch (MalformedPieceException e) {
      throw new Malformed("not a proof: " + e.getMessage());
    }
  }
}

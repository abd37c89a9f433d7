package org.groundwork.node.gateway;

import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/**
 * A segment that this gateway sealed.
 *
 * @param slot the slot for which its reports were promised
 * @param size canonical bytes
 */
public record SealedSegment(SlotNumber slot, Hash segment, int size, int records) {
  void write(CanonicalWriter out) {
    out.u64(slot.value()).hash(segment).u32(size).u32(records);
  }

  static SealedSegment read(CanonicalReader in) throws Malformed {
    return new SealedSegment(new SlotNumber(in.count()), in.hash(), (int) in.u32(), (int) in.u32());
  }
}

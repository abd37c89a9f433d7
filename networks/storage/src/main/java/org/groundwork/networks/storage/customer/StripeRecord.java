package org.groundwork.networks.storage.customer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * One stripe of an object.
 *
 * @param index its place in the object; part of the encryption's nonce
 * @param length plaintext bytes
 * @param pieces those that are placed, by number; a missing number waits for repair
 */
record StripeRecord(int index, int length, List<PieceRecord> pieces) {
  StripeRecord {
    pieces = pieces.stream().sorted(Comparator.comparingInt(PieceRecord::number)).toList();
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i - 1).number() == pieces.get(i).number()) {
        throw new IllegalArgumentException("piece " + pieces.get(i).number() + " twice");
      }
    }
  }

  /** How its pieces are packed, all of them, if they are. */
  Optional<Passes> packing() {
    return pieces.stream().findFirst().flatMap(PieceRecord::passes);
  }

  StripeRecord with(List<PieceRecord> changed) {
    return new StripeRecord(index, length, changed);
  }

  void write(CanonicalWriter out, boolean packed) {
    out.u32(index).u32(length).u8(pieces.size());
    for (PieceRecord piece : pieces) {
      if (packed) {
        piece.writePacked(out);
      } else {
        piece.write(out);
      }
    }
  }

  static StripeRecord read(CanonicalReader in, boolean packed) throws Malformed {
    try {
      int index = Math.toIntExact(in.u32());
      int length = Math.toIntExact(in.u32());
      int count = in.u8();
      List<PieceRecord> pieces = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pieces.add(packed ? PieceRecord.readPacked(in) : PieceRecord.read(in));
      }
      StripeRecord stripe = new StripeRecord(index, length, pieces);
      if (!stripe.pieces().equals(pieces)) {
        throw new Malformed("pieces of a stripe are not in order");
      }
      return stripe;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Malformed("not a stripe: " + e.getMessage());
    }
  }
}

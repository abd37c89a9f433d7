package org.groundwork.networks.storage.customer;

import java.util.Optional;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;

/**
 * Where one piece of a stripe is.
 *
 * @param number the shard's number in the code
 * @param commitment of the bytes that the device holds
 * @param deal id of the deal under which the device holds it
 * @param dealEnd first slot that the deal does not cover
 * @param reservation what the deal charges
 * @param rate credits a proven slot
 * @param packed of what the bytes were made, if they are packed for the device
 */
record PieceRecord(
    int number,
    PieceCommitment commitment,
    DeviceId device,
    Hash deal,
    SlotNumber dealEnd,
    ReservationId reservation,
    Credits rate,
    Optional<Packed> packed) {
  private static final int MAX_CID = 64;

  /**
   * What unpacks a piece.
   *
   * @param plain commitment of the shard
   * @param key hash of the device's public key when the piece was packed; it may have another since
   */
  record Packed(PieceCommitment plain, Hash key, Passes passes) {
    private void write(CanonicalWriter out) {
      out.bytes(plain.encode()).hash(key).u16(passes.count());
    }

    private static Packed read(CanonicalReader in) throws Malformed {
      return new Packed(PieceCommitment.decode(in.bytes(MAX_CID)), in.hash(), new Passes(in.u16()));
    }
  }

  PieceRecord {
    if (packed.isPresent() && packed.get().plain().rawSize() != commitment.rawSize()) {
      throw new IllegalArgumentException("packing does not change a piece's size");
    }
  }

  Optional<Passes> passes() {
    return packed.map(Packed::passes);
  }

  /** Without how it is packed. */
  void write(CanonicalWriter out) {
    out.u8(number)
        .bytes(commitment.encode())
        .u64(device.value())
        .hash(deal)
        .u64(dealEnd.value())
        .hash(reservation.hash())
        .u256(rate.value());
  }

  void writePacked(CanonicalWriter out) {
    write(out);
    packed.orElseThrow().write(out);
  }

  static PieceRecord read(CanonicalReader in) throws Malformed {
    try {
      return new PieceRecord(
          in.u8(),
          PieceCommitment.decode(in.bytes(MAX_CID)),
          new DeviceId(in.count()),
          in.hash(),
          new SlotNumber(in.count()),
          new ReservationId(in.hash()),
          new Credits(in.u256()),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a piece: " + e.getMessage());
    }
  }

  static PieceRecord readPacked(CanonicalReader in) throws Malformed {
    PieceRecord piece = read(in);
    try {
      return new PieceRecord(
          piece.number,
          piece.commitment,
          piece.device,
          piece.deal,
          piece.dealEnd,
          piece.reservation,
          piece.rate,
          Optional.of(Packed.read(in)));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a packed piece: " + e.getMessage());
    }
  }
}

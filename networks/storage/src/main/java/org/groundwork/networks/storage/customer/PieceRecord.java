package org.groundwork.networks.storage.customer;

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
 * @param deal id of the deal under which the device holds it
 * @param dealEnd first slot that the deal does not cover
 * @param reservation what the deal charges
 * @param rate credits a proven slot
 */
record PieceRecord(
    int number,
    PieceCommitment commitment,
    DeviceId device,
    Hash deal,
    SlotNumber dealEnd,
    ReservationId reservation,
    Credits rate) {
  private static final int MAX_CID = 64;

  void write(CanonicalWriter out) {
    out.u8(number)
        .bytes(commitment.encode())
        .u64(device.value())
        .hash(deal)
        .u64(dealEnd.value())
        .hash(reservation.hash())
        .u256(rate.value());
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
          new Credits(in.u256()));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a piece: " + e.getMessage());
    }
  }
}

package org.groundwork.networks.storage.rules;

import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/** A deal with its identity and the piece that it is about. */
public record HeldDeal(Hash id, Deal deal, PieceCommitment piece) {
  /** The highest tree of a piece, about 32 GiB; bounds the size of a proof. */
  public static final int MAX_PIECE_HEIGHT = 30;

  /**
   * Reads the terms of a deal.
   *
   * @throws Malformed if they are not the CID of a piece that may be stored
   */
  public static HeldDeal of(Deal deal) throws Malformed {
    PieceCommitment piece = piece(deal);
    if (piece.rawSize() < 1 || piece.height() > MAX_PIECE_HEIGHT || !piece.hasLeastHeight()) {
      throw new Malformed("a piece of " + piece.rawSize() + " bytes and height " + piece.height());
    }
    return new HeldDeal(deal.id(), deal, piece);
  }

  private static PieceCommitment piece(Deal deal) throws Malformed {
    try {
      return PieceCommitment.decode(deal.terms());
    } catch (MalformedPieceException e) {
      throw new Malformed("not a piece: " + e.getMessage());
    }
  }

  /** Whether the device owes proofs of this deal in a slot, once the deal counts. */
  public boolean covers(SlotNumber slot) {
    return deal.startSlot().compareTo(slot) <= 0 && slot.compareTo(deal.endSlot()) < 0;
  }
}

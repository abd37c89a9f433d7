package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;

/**
 * The court for possession proofs (docs/decisions/court.md), as a provider sees it. Each method
 * throws {@link IOException} when the chain does not answer or the court refuses.
 */
public interface CourtFeed {
  /** How far a summons has come. */
  enum State {
    /** The block that draws its leaves is yet to come. */
    WAITING,
    /** That block is there: anybody may draw. */
    DRAWABLE,
    /** The leaves are known, and can be shown until the deadline. */
    DRAWN,
    ANSWERED,
    FAULT,
    DISMISSED,
    LAPSED;

    boolean isOpen() {
      return this == WAITING || this == DRAWABLE || this == DRAWN;
    }
  }

  /**
   * A payer's demand that a device shows the piece of a deal.
   *
   * @param root of the piece
   * @param height of its tree
   * @param seed of the leaves; zero until it is drawn
   * @param deadline the last moment for an answer; the epoch of Unix until it is drawn
   */
  record Summons(
      long id,
      DeviceId device,
      Hash deal,
      State state,
      Hash root,
      int height,
      Hash seed,
      Instant deadline) {}

  /** How many summonses there are, to whomever; they are numbered from 1. */
  long count() throws IOException;

  /**
   * Those of these numbers.
   *
   * @param from the first
   * @param to one more than the last; no more than {@link #count} and 1
   */
  List<Summons> summonses(long from, long to) throws IOException;

  /** Leaves that a summons asks for. */
  int challenges() throws IOException;

  /** Whether there is an account that pays for transactions: without one this only looks. */
  boolean canAct();

  /** Draws the leaves of a summons. */
  void draw(long id) throws IOException;

  /** Shows the leaves of a summons, in their order, each as {@code PieceProof} encodes it. */
  void answer(long id, List<Bytes> proofs) throws IOException;

  /** Ends a summons for a deal that its payer ended, by his signature under the end. */
  void dismiss(long id, Bytes signature) throws IOException;
}

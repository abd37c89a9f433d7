package org.groundwork.networks.storage.wire;

import org.groundwork.protocol.Hash;

/** Checks the proof that a leaf of a piece is held. */
public final class PieceProofs {
  /** What a proof shows. */
  public enum Finding {
    VALID,
    /** It is about another leaf than the one that was asked for. */
    OTHER_LEAF,
    /** It has more or fewer siblings than the piece's tree is high. */
    OTHER_HEIGHT,
    /** Leaf and siblings do not lead to the piece's root. */
    OTHER_ROOT
  }

  private PieceProofs() {}

  public static boolean verify(PieceCommitment piece, long leafIndex, PieceProof proof) {
    return check(piece, leafIndex, proof) == Finding.VALID;
  }

  public static Finding check(PieceCommitment piece, long leafIndex, PieceProof proof) {
    if (proof.leafIndex() != leafIndex) {
      return Finding.OTHER_LEAF;
    }
    if (proof.height() != piece.height()) {
      return Finding.OTHER_HEIGHT;
    }
    return rootOf(proof).equals(piece.root()) ? Finding.VALID : Finding.OTHER_ROOT;
  }

  /** The root that leaf and siblings lead to. */
  public static Hash rootOf(PieceProof proof) {
    NodeHash hash = new NodeHash();
    Hash node = proof.leaf();
    long index = proof.leafIndex();
    for (Hash sibling : proof.siblings()) {
      node = index % 2 == 0 ? hash.parent(node, sibling) : hash.parent(sibling, node);
      index /= 2;
    }
    return node;
  }
}

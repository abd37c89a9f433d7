package org.groundwork.networks.storage.wire;

import java.io.IOException;

/**
 * Answers challenges about a piece of which only the packed bytes are kept, with both trees: a
 * proof against the packed commitment, and with one chunk unpacked against the plain one.
 */
public final class PackedProver {
  /** Both ways from one leaf. */
  public record Answer(PieceProof plain, PieceProof packed) {}

  private final PieceProver plain;
  private final PieceProver packed;

  /**
   * @param data the packed bytes
   */
  public PackedProver(Packing packing, PieceTree plain, PieceTree packed, ByteSource data) {
    PieceCommitment piece = plain.commitment();
    ByteSource unpacked =
        (offset, into) -> {
          data.read(offset, into);
          packing.apply(piece, offset, into);
        };
    this.plain = new PieceProver(plain, unpacked);
    this.packed = new PieceProver(packed, data);
  }

  /** A proof of the packed bytes alone: as quick as that of plain ones. */
  public PieceProof provePacked(long leaf) throws IOException {
    return packed.prove(leaf).proof();
  }

  /** A proof of both, which costs the entropy of one chunk. */
  public Answer prove(long leaf) throws IOException {
    return new Answer(plain.prove(leaf).proof(), provePacked(leaf));
  }
}

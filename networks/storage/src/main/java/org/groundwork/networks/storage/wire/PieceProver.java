package org.groundwork.networks.storage.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.Hash;

/**
 * Answers challenges about a piece from the data and the stored tree. An honest provider reports
 * what it has: a proof is made from the data as it is now, and the answer tells whether it still is
 * the piece.
 *
 * <p>Keeps no state between challenges; safe for many threads if the two sources are.
 */
public final class PieceProver {
  /** How data and stored tree look under the challenged leaf. */
  public enum Condition {
    /** The proof is valid. */
    INTACT,
    /** The 2032 bytes around the leaf are not those that the tree was made from. */
    DATA_DIFFERS,
    /** The stored tree does not lead to the piece's root; it can be made again from the data. */
    TREE_DIFFERS
  }

  public record Answer(PieceProof proof, Condition condition) {}

  private final PieceTree tree;
  private final ByteSource data;

  /**
   * @param data the raw bytes of the piece
   */
  public PieceProver(PieceTree tree, ByteSource data) {
    this.tree = tree;
    this.data = data;
  }

  /**
   * Proves one leaf.
   *
   * @throws IndexOutOfBoundsException if the piece has no data in this leaf
   * @throws IOException if data or tree cannot be read
   */
  public Answer prove(long leafIndex) throws IOException {
    PieceCommitment piece = tree.commitment();
    if (leafIndex < 0 || leafIndex >= piece.leafCount()) {
      throw new IndexOutOfBoundsException("leaf " + leafIndex + " of " + piece.leafCount());
    }
    int base = tree.baseLevel();
    long chunkIndex = leafIndex >>> base;
    Chunk chunk = new Chunk(new NodeHash());
    chunk.expand(readChunk(chunkIndex), 0);

    List<Hash> siblings = new ArrayList<>(piece.height());
    int at = (int) (leafIndex - (chunkIndex << base));
    Hash leaf = chunk.node(at);
    for (int level = 0; level < base; level++, at /= 2) {
      siblings.add(chunk.node(at ^ 1));
      chunk.hashUp(level);
    }
    for (int level = base; level < piece.height(); level++) {
      siblings.add(tree.node(level, chunkIndex >>> (level - base) ^ 1));
    }
    PieceProof proof = new PieceProof(leafIndex, leaf, siblings);
    return new Answer(proof, condition(proof, chunk.node(0), chunkIndex));
  }

  private Condition condition(PieceProof proof, Hash computed, long chunkIndex) throws IOException {
    if (PieceProofs.verify(tree.commitment(), proof.leafIndex(), proof)) {
      return Condition.INTACT;
    }
    return computed.equals(tree.node(tree.baseLevel(), chunkIndex))
        ? Condition.TREE_DIFFERS
        : Condition.DATA_DIFFERS;
  }

  private byte[] readChunk(long index) throws IOException {
    long offset = index * Chunk.RAW_BYTES;
    long length = Math.min(Chunk.RAW_BYTES, tree.commitment().rawSize() - offset);
    byte[] raw = new byte[(int) length];
    data.read(offset, raw);
    return Arrays.copyOf(raw, Chunk.RAW_BYTES);
  }
}

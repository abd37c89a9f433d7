package org.groundwork.networks.storage.wire;

import static org.groundwork.networks.storage.wire.NodeHash.NODE_BYTES;

import java.io.IOException;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * The upper part of a piece's tree, kept beside the data so that a challenge is answered by reading
 * 2032 raw bytes and one node for each level above them.
 *
 * <p>It has one node for every 2032 raw bytes (64 leaves, level 6), then each level above, up to
 * the root; of a tree of height 6 or less only the root. Nodes with nothing but padding under them
 * are left out. The nodes lie one after the other, level by level from below; there is no header.
 */
public final class PieceTree {
  private final PieceCommitment commitment;
  private final NodeLevels levels;
  private final ByteSource nodes;

  private PieceTree(PieceCommitment commitment, ByteSource nodes) {
    this.commitment = commitment;
    this.levels = levels(commitment.rawSize(), commitment.height());
    this.nodes = nodes;
  }

  /**
   * A tree in memory.
   *
   * @throws MalformedPieceException if the nodes are not as many as the piece needs
   */
  public static PieceTree of(PieceCommitment commitment, Bytes nodes) {
    if (nodes.size() != encodedSize(commitment)) {
      throw new MalformedPieceException(
          "a piece of " + commitment.rawSize() + " bytes has no tree of " + nodes.size());
    }
    return new PieceTree(commitment, ByteSource.of(nodes));
  }

  /** A tree that is read where it is needed, such as a file. */
  public static PieceTree over(PieceCommitment commitment, ByteSource nodes) {
    return new PieceTree(commitment, nodes);
  }

  /** Bytes of a piece's stored nodes. */
  public static long encodedSize(PieceCommitment commitment) {
    return levels(commitment.rawSize(), commitment.height()).bytes();
  }

  public PieceCommitment commitment() {
    return commitment;
  }

  /** The stored root: another one than the commitment's if the stored tree is damaged. */
  public Hash root() throws IOException {
    return node(levels.last(), 0);
  }

  /** The lowest level that is stored. */
  int baseLevel() {
    return levels.first();
  }

  Hash node(int level, long index) throws IOException {
    if (index >= levels.nodes(level)) {
      return ZeroTree.root(level);
    }
    byte[] node = new byte[NODE_BYTES];
    nodes.read(levels.start(level) + index * NODE_BYTES, node);
    return Hash.wrap(node);
  }

  static NodeLevels levels(long rawSize, int height) {
    return new NodeLevels(Chunk.baseLevel(height), height, Chunk.count(rawSize));
  }
}

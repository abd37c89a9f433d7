package org.groundwork.networks.storage.wire;

import org.groundwork.protocol.Bytes;

/**
 * A piece's commitment and the nodes of its tree, to be stored beside the data.
 *
 * @param nodes what {@link PieceTree} reads
 */
public record PieceWithTree(PieceCommitment commitment, Bytes nodes) {
  public PieceTree tree() {
    return PieceTree.of(commitment, nodes);
  }
}

package org.groundwork.networks.storage.wire;

import static org.groundwork.networks.storage.wire.NodeHash.NODE_BYTES;

import org.groundwork.protocol.Hash;

/**
 * How the nodes of a tree, or of the part of one from level {@code first} to {@code last}, lie one
 * after the other: level by level from below, each from the left, without the nodes that have
 * nothing but padding under them.
 *
 * @param count nodes of the first level that have data under them, at least 1
 */
record NodeLevels(int first, int last, long count) {
  NodeLevels {
    if (first < 0 || first > last || last > PieceCommitment.MAX_HEIGHT || count < 1) {
      throw new IllegalArgumentException(count + " nodes on levels " + first + " to " + last);
    }
    if (count > 1L << (last - first)) {
      throw new IllegalArgumentException(count + " nodes do not join on level " + last);
    }
  }

  /** Nodes with data under them on one level. */
  long nodes(int level) {
    int steps = level - first;
    return (count + (1L << steps) - 1) >>> steps;
  }

  /** Where a level begins, in bytes. */
  long start(int level) {
    long nodes = 0;
    for (int below = first; below < level; below++) {
      nodes += nodes(below);
    }
    return nodes * NODE_BYTES;
  }

  long bytes() {
    return start(last) + nodes(last) * NODE_BYTES;
  }

  /** Computes the level above {@code level} from it. */
  void hashUp(byte[] tree, int level, NodeHash hash) {
    int in = (int) start(level);
    int out = (int) start(level + 1);
    int pairs = (int) nodes(level) / 2;
    for (int pair = 0; pair < pairs; pair++) {
      hash.parent(tree, in + pair * 2 * NODE_BYTES, tree, out + pair * NODE_BYTES);
    }
    if (nodes(level) % 2 == 1) {
      int at = pairs * 2 * NODE_BYTES;
      Hash parent = hash.parent(nodeAt(tree, in + at), ZeroTree.root(level));
      System.arraycopy(parent.bytes().unsafeArray(), 0, tree, out + pairs * NODE_BYTES, NODE_BYTES);
    }
  }

  static Hash nodeAt(byte[] tree, int offset) {
    byte[] node = new byte[NODE_BYTES];
    System.arraycopy(tree, offset, node, 0, NODE_BYTES);
    return Hash.wrap(node);
  }
}

package org.groundwork.networks.storage.wire;

import static org.groundwork.networks.storage.wire.NodeHash.NODE_BYTES;

import java.util.Arrays;
import org.groundwork.protocol.Hash;

/**
 * The 2032 raw bytes under one stored node, expanded to 64 leaves: the unit in which data is read
 * and hashed. Reused for one chunk after the other.
 */
final class Chunk {
  /** The lowest level whose nodes are stored. */
  static final int LEVELS = 6;

  static final int RAW_BYTES = (1 << LEVELS) / 4 * Fr32.RAW_BYTES;
  private static final int LEAVES = 1 << LEVELS;
  private static final int GROUPS = RAW_BYTES / Fr32.RAW_BYTES;

  private final byte[] nodes = new byte[LEAVES * NODE_BYTES];
  private final NodeHash hash;

  Chunk(NodeHash hash) {
    this.hash = hash;
  }

  /** Chunks that so many bytes fill, the last perhaps in part; no data counts as one. */
  static long count(long rawSize) {
    return Math.max(1, Math.ceilDiv(rawSize, RAW_BYTES));
  }

  /** The lowest stored level of a tree. */
  static int baseLevel(int height) {
    return Math.min(LEVELS, height);
  }

  /** Takes the 2032 bytes at {@code offset}. */
  void expand(byte[] raw, int offset) {
    Fr32.expand(raw, offset, nodes, 0, GROUPS);
  }

  /** Replaces the nodes that are there by the level above them. */
  void hashUp(int level) {
    int parents = LEAVES >> (level + 1);
    for (int parent = 0; parent < parents; parent++) {
      hash.parent(nodes, parent * 2 * NODE_BYTES, nodes, parent * NODE_BYTES);
    }
  }

  /** Hashes the leaves up and writes the first node of {@code level}. */
  void root(int level, byte[] out, int outOffset) {
    for (int below = 0; below < level; below++) {
      hashUp(below);
    }
    System.arraycopy(nodes, 0, out, outOffset, NODE_BYTES);
  }

  Hash node(int index) {
    return Hash.wrap(Arrays.copyOfRange(nodes, index * NODE_BYTES, (index + 1) * NODE_BYTES));
  }
}

package org.groundwork.networks.storage.wire;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Hash;

/** Roots of trees over nothing but zero leaves, by height. */
final class ZeroTree {
  private static final List<Hash> ROOTS = roots();

  private ZeroTree() {}

  static Hash root(int height) {
    return ROOTS.get(height);
  }

  private static List<Hash> roots() {
    NodeHash hash = new NodeHash();
    List<Hash> roots = new ArrayList<>(PieceCommitment.MAX_HEIGHT + 1);
    roots.add(Hash.ZERO);
    for (int height = 1; height <= PieceCommitment.MAX_HEIGHT; height++) {
      Hash below = roots.getLast();
      roots.add(hash.parent(below, below));
    }
    return List.copyOf(roots);
  }
}

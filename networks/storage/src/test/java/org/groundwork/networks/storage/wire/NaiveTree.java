package org.groundwork.networks.storage.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.groundwork.protocol.Hash;

/** The whole tree, made bit by bit and level by level: slow and plain. */
record NaiveTree(List<List<Hash>> levels) {
  static NaiveTree of(byte[] raw, int height) {
    List<List<Hash>> levels = new ArrayList<>();
    levels.add(leaves(raw, 1 << height));
    for (int level = 0; level < height; level++) {
      levels.add(parents(levels.get(level)));
    }
    return new NaiveTree(levels);
  }

  Hash root() {
    return levels.getLast().getFirst();
  }

  PieceProof prove(int leafIndex) {
    List<Hash> siblings = new ArrayList<>();
    for (int level = 0; level < levels.size() - 1; level++) {
      siblings.add(levels.get(level).get(leafIndex >> level ^ 1));
    }
    return new PieceProof(leafIndex, levels.getFirst().get(leafIndex), siblings);
  }

  private static List<Hash> leaves(byte[] raw, int count) {
    BitSet bits = BitSet.valueOf(raw);
    List<Hash> leaves = new ArrayList<>();
    for (int leaf = 0; leaf < count; leaf++) {
      byte[] set = bits.get(leaf * 254, (leaf + 1) * 254).toByteArray();
      leaves.add(Hash.wrap(Arrays.copyOf(set, Hash.SIZE)));
    }
    return leaves;
  }

  private static List<Hash> parents(List<Hash> nodes) {
    List<Hash> parents = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i += 2) {
      var sha256 = NodeHash.sha256();
      sha256.update(nodes.get(i).toArray());
      byte[] parent = sha256.digest(nodes.get(i + 1).toArray());
      parent[31] &= 0x3f;
      parents.add(Hash.wrap(parent));
    }
    return parents;
  }
}

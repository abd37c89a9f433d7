package org.groundwork.node.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;

/**
 * A {@link HashTree} over report hashes with all its inner levels, so that every path is cheap.
 * Hashes lie side by side in arrays: a gateway keeps the trees of its open epochs. Not safe for use
 * by several threads.
 */
final class BatchTree {
  private static final int SIZE = Hash.SIZE;

  /** The report hashes; their leaf hashes are made when they are wanted. */
  private final byte[] reports;

  /** From the level above the leaves to the root; none if there is one leaf. */
  private final List<byte[]> levels = new ArrayList<>();

  private final HashTree.Hasher hasher = new HashTree.Hasher();

  /**
   * A tree.
   *
   * @param reports report hashes, one after the other; at least one
   */
  BatchTree(byte[] reports) {
    this.reports = reports;
    for (byte[] level = leaves(); level.length > SIZE; level = levels.getLast()) {
      levels.add(above(level));
    }
  }

  int size() {
    return reports.length / SIZE;
  }

  Hash root() {
    return levels.isEmpty() ? leaf(0) : Hash.wrap(levels.getLast().clone());
  }

  List<Hash> path(int index) {
    Hash[] path = new Hash[levels.size()];
    int steps = 0;
    int sibling = Objects.checkIndex(index, size()) ^ 1;
    if (sibling < size()) {
      path[steps++] = leaf(sibling);
    }
    int at = index / 2;
    for (int height = 0; height + 1 < levels.size(); height++, at /= 2) {
      if ((at ^ 1) * SIZE < levels.get(height).length) {
        path[steps++] = hash(levels.get(height), at ^ 1);
      }
    }
    return List.of(Arrays.copyOf(path, steps));
  }

  private byte[] leaves() {
    byte[] leaves = new byte[reports.length];
    for (int at = 0; at < reports.length; at += SIZE) {
      hasher.leaf(reports, at, leaves, at);
    }
    return leaves;
  }

  private Hash leaf(int index) {
    byte[] leaf = new byte[SIZE];
    hasher.leaf(reports, index * SIZE, leaf, 0);
    return Hash.wrap(leaf);
  }

  private byte[] above(byte[] level) {
    int count = level.length / SIZE;
    byte[] above = new byte[(count + 1) / 2 * SIZE];
    for (int i = 0; i + 1 < count; i += 2) {
      hasher.node(level, i * SIZE, above, i / 2 * SIZE);
    }
    if (count % 2 == 1) {
      System.arraycopy(level, level.length - SIZE, above, above.length - SIZE, SIZE);
    }
    return above;
  }

  private static Hash hash(byte[] level, int index) {
    return Hash.wrap(Arrays.copyOfRange(level, index * SIZE, (index + 1) * SIZE));
  }
}

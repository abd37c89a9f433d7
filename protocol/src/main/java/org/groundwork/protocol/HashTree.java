package org.groundwork.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.groundwork.protocol.crypto.Sha256;

/**
 * The Merkle tree hash of RFC 6962, section 2.1, with SHA-256: for what no contract reads (carry
 * roots, batches of promises).
 */
public final class HashTree {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private HashTree() {}

  public static Hash leaf(Bytes content) {
    return Sha256.hash(LEAF, content.unsafeArray());
  }

  /** The root over leaf hashes in the order given; the hash of nothing for none. */
  public static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Sha256.hash();
    }
    List<Hash> level = leaves;
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i + 1 < level.size(); i += 2) {
        above.add(node(level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        above.add(level.getLast());
      }
      level = above;
    }
    return level.getFirst();
  }

  /** The audit path of RFC 6962, section 2.1.1, from the leaf up. */
  public static List<Hash> path(List<Hash> leaves, int index) {
    List<Hash> path = new ArrayList<>();
    List<Hash> level = leaves;
    int at = Objects.checkIndex(index, leaves.size());
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i + 1 < level.size(); i += 2) {
        above.add(node(level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        above.add(level.getLast());
      }
      int sibling = at ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      at /= 2;
      level = above;
    }
    return List.copyOf(path);
  }

  /**
   * The root to which a path leads from the leaf at {@code index} of {@code size}; empty if the
   * path does not fit that place.
   */
  public static Optional<Hash> rootFrom(Hash leaf, int index, int size, List<Hash> path) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    Hash node = leaf;
    int used = 0;
    int at = index;
    for (int width = size; width > 1; width = (width + 1) / 2) {
      if ((at ^ 1) < width) {
        if (used == path.size()) {
          return Optional.empty();
        }
        Hash sibling = path.get(used++);
        node = at % 2 == 0 ? node(node, sibling) : node(sibling, node);
      }
      at /= 2;
    }
    return used == path.size() ? Optional.of(node) : Optional.empty();
  }

  private static Hash node(Hash left, Hash right) {
    return Sha256.hash(NODE, left.toArray(), right.toArray());
  }
}

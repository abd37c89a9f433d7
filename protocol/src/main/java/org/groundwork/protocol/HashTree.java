package org.groundwork.protocol;

import java.security.DigestException;
import java.security.MessageDigest;
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

  /** Hashes leaves and nodes without an object for each. For one thread. */
  public static final class Hasher {
    private final MessageDigest digest = Sha256.newDigest();

    /** Writes to {@code to} of the target the leaf hash of the 32 bytes at {@code from}. */
    public void leaf(byte[] source, int from, byte[] target, int to) {
      digest.update(LEAF);
      digest.update(source, from, Hash.SIZE);
      finish(target, to);
    }

    /** Writes to {@code to} of the target the node over the two hashes at {@code from}. */
    public void node(byte[] source, int from, byte[] target, int to) {
      digest.update(NODE);
      digest.update(source, from, 2 * Hash.SIZE);
      finish(target, to);
    }

    private void finish(byte[] target, int to) {
      try {
        digest.digest(target, to, Hash.SIZE);
      } catch (DigestException e) {
        throw new IllegalArgumentException("no room for a hash at " + to, e);
      }
    }
  }

  private static Hash node(Hash left, Hash right) {
    return Sha256.hash(NODE, left.bytes().unsafeArray(), right.bytes().unsafeArray());
  }
}

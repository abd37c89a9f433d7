package org.groundwork.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * OpenZeppelin's "standard-v1" tree: leaves hashed twice and sorted, pairs sorted before they are
 * hashed, kept as an array heap.
 */
public final class StandardMerkleTree {
  /** The most leaves: the nodes lie in one array. */
  public static final int MAX_LEAVES = 1 << 25;

  /** Nodes that one thread hashes at a time. */
  private static final int PIECE = 1 << 10;

  /** The array heap: node {@code i} at {@code i * Hash.SIZE}, its children 2i + 1 and 2i + 2. */
  private final byte[] heap;

  private final int leaves;

  /** Builds the tree over leaf hashes; their order does not matter, duplicates are refused. */
  public StandardMerkleTree(List<Hash> leafHashes) {
    if (leafHashes.isEmpty() || leafHashes.size() > MAX_LEAVES) {
      throw new IllegalArgumentException("a tree has 1 to 2^25 leaves, not " + leafHashes.size());
    }
    Hash[] sorted = leafHashes.toArray(new Hash[0]);
    Arrays.parallelSort(sorted);
    leaves = sorted.length;
    heap = new byte[nodes() * Hash.SIZE];
    for (int i = 0; i < leaves; i++) {
      if (i > 0 && sorted[i].equals(sorted[i - 1])) {
        throw new IllegalArgumentException("duplicate leaf " + sorted[i]);
      }
      byte[] leaf = sorted[i].bytes().unsafeArray();
      System.arraycopy(leaf, 0, heap, (nodes() - 1 - i) * Hash.SIZE, Hash.SIZE);
    }
    int inner = leaves - 1;
    for (int level = Integer.highestOneBit(Math.max(1, inner)); level > 0; level /= 2) {
      hashLevel(level - 1, Math.min(2 * level - 1, inner));
    }
  }

  private int nodes() {
    return 2 * leaves - 1;
  }

  /** Nodes of one depth do not depend on each other. */
  private void hashLevel(int from, int to) {
    IntStream.range(0, Math.ceilDiv(to - from, PIECE))
        .parallel()
        .forEach(piece -> {
          Keccak256.Pairs pairs = new Keccak256.Pairs();
          int end = Math.min(from + (piece + 1) * PIECE, to);
          for (int i = from + piece * PIECE; i < end; i++) {
            int left = (2 * i + 1) * Hash.SIZE;
            int right = left + Hash.SIZE;
            boolean ordered =
                Arrays.compareUnsigned(heap, left, right, heap, right, right + Hash.SIZE) <= 0;
            pairs.hash(heap, ordered ? left : right, ordered ? right : left, i * Hash.SIZE);
          }
        });
  }

  private Hash node(int index) {
    int from = index * Hash.SIZE;
    return Hash.wrap(Arrays.copyOfRange(heap, from, from + Hash.SIZE));
  }

  /** The hash of a leaf's ABI-encoded words. */
  public static Hash leafHash(Bytes words) {
    return Keccak256.hash(Keccak256.hash(words.unsafeArray()).toArray());
  }

  public Hash root() {
    return node(0);
  }

  /** All nodes as the array heap that a "standard-v1" dump holds, the root first. */
  public List<Hash> heap() {
    return IntStream.range(0, nodes()).mapToObj(this::node).toList();
  }

  /**
   * A leaf's place in {@link #heap()}.
   *
   * @throws IllegalArgumentException if the tree has no such leaf
   */
  public int indexOf(Hash leaf) {
    return find(leaf);
  }

  /**
   * The siblings from a leaf to the root.
   *
   * @throws IllegalArgumentException if the tree has no such leaf
   */
  public List<Hash> proof(Hash leaf) {
    int index = find(leaf);
    List<Hash> siblings = new ArrayList<>();
    while (index > 0) {
      siblings.add(node(index % 2 == 1 ? index + 1 : index - 1));
      index = (index - 1) / 2;
    }
    return List.copyOf(siblings);
  }

  public static boolean verify(Hash root, Hash leaf, List<Hash> proof) {
    Hash node = leaf;
    for (Hash sibling : proof) {
      node = node(node, sibling);
    }
    return node.equals(root);
  }

  private int find(Hash leaf) {
    int low = leaves - 1;
    int high = nodes() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = node(middle).compareTo(leaf);
      if (order == 0) {
        return middle;
      }
      // Leaves lie in the heap in descending order.
      if (order > 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw new IllegalArgumentException("no leaf " + leaf);
  }

  private static Hash node(Hash a, Hash b) {
    return a.compareTo(b) <= 0
        ? Keccak256.hash(a.toArray(), b.toArray())
        : Keccak256.hash(b.toArray(), a.toArray());
  }
}

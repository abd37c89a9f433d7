package org.groundwork.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * OpenZeppelin's "standard-v1" tree: leaves hashed twice and sorted, pairs sorted before they are
 * hashed, kept as an array heap.
 */
public final class StandardMerkleTree {
  private final Hash[] heap;
  private final int leaves;

  /** Builds the tree over leaf hashes; their order does not matter, duplicates are refused. */
  public StandardMerkleTree(List<Hash> leafHashes) {
    if (leafHashes.isEmpty()) {
      throw new IllegalArgumentException("a tree needs a leaf");
    }
    Hash[] sorted = leafHashes.toArray(new Hash[0]);
    Arrays.sort(sorted);
    leaves = sorted.length;
    heap = new Hash[2 * leaves - 1];
    for (int i = 0; i < leaves; i++) {
      if (i > 0 && sorted[i].equals(sorted[i - 1])) {
        throw new IllegalArgumentException("duplicate leaf " + sorted[i]);
      }
      heap[heap.length - 1 - i] = sorted[i];
    }
    for (int i = heap.length - 1 - leaves; i >= 0; i--) {
      heap[i] = node(heap[2 * i + 1], heap[2 * i + 2]);
    }
  }

  /** The hash of a leaf's ABI-encoded words. */
  public static Hash leafHash(Bytes words) {
    return Keccak256.hash(Keccak256.hash(words.unsafeArray()).toArray());
  }

  public Hash root() {
    return heap[0];
  }

  /** All nodes as the array heap that a "standard-v1" dump holds, the root first. */
  public List<Hash> heap() {
    return List.of(heap);
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
      siblings.add(heap[index % 2 == 1 ? index + 1 : index - 1]);
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
    int low = heap.length - leaves;
    int high = heap.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = heap[middle].compareTo(leaf);
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

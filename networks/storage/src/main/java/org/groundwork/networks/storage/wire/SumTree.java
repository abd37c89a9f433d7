package org.groundwork.networks.storage.wire;

import java.util.Arrays;

/**
 * The pieces of a holding in order, each with the number of its leaves, so that one number below
 * their sum names a leaf of a piece. Places are never used again: a removed piece keeps its own
 * with no leaves.
 *
 * <p>A Fenwick tree with the layout of Filecoin's PDPVerifier: node j sums the 2^t pieces that end
 * with j, t being the trailing zero bits of j + 1. Every operation is logarithmic.
 */
public final class SumTree {
  /** The piece at {@code ordinal} and a leaf of it. */
  public record Position(int ordinal, long leafIndex) {}

  private long[] sums = new long[16];
  private int size;
  private long total;

  public static SumTree of(long... leafCounts) {
    SumTree tree = new SumTree();
    for (long count : leafCounts) {
      tree.add(count);
    }
    return tree;
  }

  /** Pieces ever added. */
  public int size() {
    return size;
  }

  /** Leaves of all pieces that are held. */
  public long total() {
    return total;
  }

  /** Appends a piece; answers its ordinal. */
  public int add(long leafCount) {
    checkCount(leafCount);
    total = Math.addExact(total, leafCount);
    if (size == sums.length) {
      sums = Arrays.copyOf(sums, 2 * size);
    }
    long sum = leafCount;
    for (int i = 0; i < levelOf(size); i++) {
      sum += sums[size - (1 << i)];
    }
    sums[size] = sum;
    return size++;
  }

  /** Takes all leaves of a piece out; answers how many it had. */
  public long remove(int ordinal) {
    long removed = leafCount(ordinal);
    total -= removed;
    for (int at = ordinal; at < size; at += 1 << levelOf(at)) {
      sums[at] -= removed;
    }
    return removed;
  }

  /** Leaves of one piece; 0 once it was removed. */
  public long leafCount(int ordinal) {
    long count = nodeAt(ordinal);
    for (int i = 0; i < levelOf(ordinal); i++) {
      count -= sums[ordinal - (1 << i)];
    }
    return count;
  }

  /** The leaf that a number from 0 up to, but not including, {@link #total} names. */
  public Position find(long leafIndex) {
    if (leafIndex < 0 || leafIndex >= total) {
      throw new IndexOutOfBoundsException("leaf " + leafIndex + " of " + total);
    }
    int passed = 0;
    long rest = leafIndex;
    for (int step = Integer.highestOneBit(size); step > 0; step >>= 1) {
      if (passed + step <= size && sums[passed + step - 1] <= rest) {
        passed += step;
        rest -= sums[passed - 1];
      }
    }
    return new Position(passed, rest);
  }

  long nodeAt(int ordinal) {
    if (ordinal < 0 || ordinal >= size) {
      throw new IndexOutOfBoundsException("piece " + ordinal + " of " + size);
    }
    return sums[ordinal];
  }

  private static int levelOf(int ordinal) {
    return Integer.numberOfTrailingZeros(ordinal + 1);
  }

  private static void checkCount(long leafCount) {
    if (leafCount < 0 || leafCount > 1L << PieceCommitment.MAX_HEIGHT) {
      throw new IllegalArgumentException("no piece has " + leafCount + " leaves");
    }
  }
}

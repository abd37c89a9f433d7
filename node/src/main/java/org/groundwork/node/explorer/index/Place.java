package org.groundwork.node.explorer.index;

/** Where an event stands on the chain, as one ascending number. */
public final class Place {
  private static final int INDEX_BITS = 20;

  private Place() {}

  public static long of(long block, int index) {
    if (block < 0 || block >= 1L << 43 || index < 0 || index >= 1 << INDEX_BITS) {
      throw new IllegalArgumentException("no place: block " + block + ", log " + index);
    }
    return block << INDEX_BITS | index;
  }

  /** The first place after a block. */
  public static long after(long block) {
    return (block + 1) << INDEX_BITS;
  }

  public static long block(long place) {
    return place >>> INDEX_BITS;
  }

  public static int index(long place) {
    return (int) (place & ((1 << INDEX_BITS) - 1));
  }
}

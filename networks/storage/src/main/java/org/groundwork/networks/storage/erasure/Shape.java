package org.groundwork.networks.storage.erasure;

/**
 * How many shards hold the data and how many there are in all. Shards are numbered from 0, the data
 * first.
 */
public record Shape(int data, int total) {
  /** Elements of the field: rows and columns of the matrix must differ. */
  public static final int MAX_TOTAL = 256;

  public Shape {
    if (data < 1 || total < data || total > MAX_TOTAL) {
      throw new IllegalArgumentException("no code has " + data + " of " + total + " shards");
    }
  }

  public int parity() {
    return total - data;
  }
}

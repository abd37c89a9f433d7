package org.groundwork.protocol;

/** Epochs since genesis, from 0; at most 2^32 - 1, so that a sequence holds one. */
public record EpochNumber(long value) implements Comparable<EpochNumber> {
  public static final EpochNumber FIRST = new EpochNumber(0);

  public EpochNumber {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("epoch out of range: " + value);
    }
  }

  public EpochNumber next() {
    return new EpochNumber(value + 1);
  }

  @Override
  public int compareTo(EpochNumber other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

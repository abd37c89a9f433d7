package org.groundwork.protocol;

import java.math.BigInteger;

/** US dollars with 18 decimals, as bought by burning tokens. Never negative, below 2^256. */
public record Credits(BigInteger value) implements Comparable<Credits> {
  public static final int DECIMALS = 18;
  public static final Credits ZERO = new Credits(BigInteger.ZERO);

  public Credits {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("amount out of range: " + value);
    }
  }

  public static Credits of(long value) {
    return new Credits(BigInteger.valueOf(value));
  }

  public Credits plus(Credits other) {
    return new Credits(value.add(other.value));
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException if {@code other} is more than this
   */
  public Credits minus(Credits other) {
    return new Credits(value.subtract(other.value));
  }

  public Credits min(Credits other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Credits other) {
    return value.compareTo(other.value);
  }

  /** The integer in the smallest unit, in decimal. */
  @Override
  public String toString() {
    return value.toString();
  }
}

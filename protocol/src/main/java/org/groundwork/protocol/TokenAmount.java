package org.groundwork.protocol;

import java.math.BigInteger;

/** Tokens with 18 decimals. Never negative, below 2^256. */
public record TokenAmount(BigInteger value) implements Comparable<TokenAmount> {
  public static final int DECIMALS = 18;
  public static final TokenAmount ZERO = new TokenAmount(BigInteger.ZERO);

  public TokenAmount {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("amount out of range: " + value);
    }
  }

  public static TokenAmount of(long value) {
    return new TokenAmount(BigInteger.valueOf(value));
  }

  public TokenAmount plus(TokenAmount other) {
    return new TokenAmount(value.add(other.value));
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException if {@code other} is more than this
   */
  public TokenAmount minus(TokenAmount other) {
    return new TokenAmount(value.subtract(other.value));
  }

  public TokenAmount min(TokenAmount other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(TokenAmount other) {
    return value.compareTo(other.value);
  }

  /** The integer in the smallest unit, in decimal. */
  @Override
  public String toString() {
    return value.toString();
  }
}

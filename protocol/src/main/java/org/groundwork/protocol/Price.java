package org.groundwork.protocol;

import java.math.BigInteger;

/** US dollars a whole token, with 8 decimals. Positive. */
public record Price(BigInteger value) {
  public static final int DECIMALS = 8;

  public Price {
    if (value.signum() <= 0 || value.bitLength() > 192) {
      throw new IllegalArgumentException("price out of range: " + value);
    }
  }

  public static Price of(long value) {
    return new Price(BigInteger.valueOf(value));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

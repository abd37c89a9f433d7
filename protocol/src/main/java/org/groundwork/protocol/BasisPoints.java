package org.groundwork.protocol;

/** A share in ten-thousandths, from 0 to 10,000. */
public record BasisPoints(int value) {
  public static final int WHOLE = 10_000;

  public BasisPoints {
    if (value < 0 || value > WHOLE) {
      throw new IllegalArgumentException("share out of range: " + value);
    }
  }

  public int complement() {
    return WHOLE - value;
  }
}

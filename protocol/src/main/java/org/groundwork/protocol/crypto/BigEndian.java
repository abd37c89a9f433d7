package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/** 256-bit unsigned numbers as 32 bytes, high byte first. */
final class BigEndian {
  private static final int SIZE = 32;

  private BigEndian() {}

  static BigInteger read(byte[] bytes, int offset) {
    return new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + SIZE));
  }

  /** Writes a number of [0, 2^256) at an offset. */
  static void write(BigInteger number, byte[] target, int offset) {
    if (number.signum() < 0 || number.bitLength() > 8 * SIZE) {
      throw new IllegalArgumentException("the number does not fit 256 bits");
    }
    byte[] digits = number.toByteArray();
    int size = Math.min(digits.length, SIZE);
    Arrays.fill(target, offset, offset + SIZE - size, (byte) 0);
    System.arraycopy(digits, digits.length - size, target, offset + SIZE - size, size);
  }
}

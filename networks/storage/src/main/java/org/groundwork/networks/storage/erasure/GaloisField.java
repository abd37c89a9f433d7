package org.groundwork.networks.storage.erasure;

/** GF(2^8) over x^8 + x^4 + x^3 + x^2 + 1 (0x11d), in which 2 generates every element but 0. */
final class GaloisField {
  private static final int POLYNOMIAL = 0x11d;
  private static final int ORDER = 255;
  private static final byte[] EXP = new byte[2 * ORDER];
  private static final int[] LOG = new int[ORDER + 1];

  static {
    int power = 1;
    for (int log = 0; log < ORDER; log++) {
      EXP[log] = (byte) power;
      EXP[log + ORDER] = (byte) power;
      LOG[power] = log;
      power <<= 1;
      if (power > ORDER) {
        power ^= POLYNOMIAL;
      }
    }
  }

  private GaloisField() {}

  static byte multiply(byte a, byte b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return EXP[LOG[a & 0xff] + LOG[b & 0xff]];
  }

  static byte invert(byte a) {
    if (a == 0) {
      throw new ArithmeticException("0 has no inverse");
    }
    return EXP[ORDER - LOG[a & 0xff]];
  }
}

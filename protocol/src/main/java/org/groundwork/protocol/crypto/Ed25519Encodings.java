package org.groundwork.protocol.crypto;

import java.math.BigInteger;

/**
 * Which 32 bytes are the canonical encoding of a point of edwards25519 that is not of small order,
 * and which 32 bytes are a canonical scalar. Own arithmetic: no library's opinion enters.
 */
final class Ed25519Encodings {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final long[] FIELD = words(P);
  private static final long[] ORDER = words(L);
  private static final long WITHOUT_SIGN = Long.MAX_VALUE;

  /** The y of the eight points whose order divides eight; each y serves both signs of x. */
  private static final long[][] SMALL_ORDER = {
    words(BigInteger.ZERO),
    words(BigInteger.ONE),
    words(P.subtract(BigInteger.ONE)),
    words(yOfOrderEight()),
    words(P.subtract(yOfOrderEight()))
  };

  private Ed25519Encodings() {}

  /** Whether the little-endian number at {@code offset} is below the group's order. */
  static boolean isScalar(byte[] bytes, int offset) {
    return LittleEndian.isBelow(bytes, offset, ORDER);
  }

  /**
   * Whether y at {@code offset} is canonical and not that of a point of small order: a few
   * comparisons. Any other y of the field belongs to points of an order of at least L, or to none.
   */
  static boolean isCanonicalOfLargeOrder(byte[] bytes, int offset) {
    long low = LittleEndian.word(bytes, offset);
    long second = LittleEndian.word(bytes, offset + 8);
    long third = LittleEndian.word(bytes, offset + 16);
    long high = LittleEndian.word(bytes, offset + 24) & WITHOUT_SIGN;
    if (high == FIELD[3] && third == FIELD[2] && second == FIELD[1]) {
      if (Long.compareUnsigned(low, FIELD[0]) >= 0) {
        return false;
      }
    }
    for (long[] y : SMALL_ORDER) {
      if (low == y[0] && second == y[1] && third == y[2] && high == y[3]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether some x fits the y at the start: one exponentiation. Sign bits of x = 0 never come here.
   */
  static boolean isOnCurve(byte[] encoded) {
    BigInteger y = new BigInteger(1, reversedWithoutSign(encoded));
    BigInteger square = y.multiply(y);
    BigInteger numerator = square.subtract(BigInteger.ONE);
    BigInteger denominator = D.multiply(square).add(BigInteger.ONE);
    return numerator.multiply(denominator).modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
  }

  /**
   * The y of a point of order eight. Its double has order four, so y = 0, so x^2 = -y^2 here; the
   * curve equation then says d y^4 + 2 y^2 - 1 = 0.
   */
  private static BigInteger yOfOrderEight() {
    return new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);
  }

  private static byte[] reversedWithoutSign(byte[] encoded) {
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = encoded[31 - i];
    }
    reversed[0] &= 0x7f;
    return reversed;
  }

  private static long[] words(BigInteger number) {
    long[] words = new long[4];
    for (int i = 0; i < 4; i++) {
      words[i] = number.shiftRight(64 * i).longValue();
    }
    return words;
  }
}

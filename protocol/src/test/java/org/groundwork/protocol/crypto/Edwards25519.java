package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;

/** Textbook arithmetic of edwards25519, to forge what no honest signer makes. Slow. */
final class Edwards25519 {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

  static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);
  static final Point BASE =
      decode(BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P), false);

  private Edwards25519() {}

  record Point(BigInteger x, BigInteger y) {
    Point plus(Point other) {
      BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
      BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
      return new Point(
          sumX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
          sumY.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
    }

    Point times(BigInteger scalar) {
      Point result = IDENTITY;
      for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
        result = result.plus(result);
        if (scalar.testBit(bit)) {
          result = result.plus(this);
        }
      }
      return result;
    }

    Point times(long scalar) {
      return times(BigInteger.valueOf(scalar));
    }

    byte[] encode() {
      return encoding(y, x.testBit(0));
    }
  }

  /** y in 255 little-endian bits, canonical or not, then the sign of x. */
  static byte[] encoding(BigInteger y, boolean negative) {
    byte[] encoded = littleEndian(y);
    encoded[31] |= (byte) (negative ? 0x80 : 0);
    return encoded;
  }

  static byte[] littleEndian(BigInteger number) {
    byte[] encoded = new byte[32];
    for (int i = 0; i < 32; i++) {
      encoded[i] = number.shiftRight(8 * i).byteValue();
    }
    return encoded;
  }

  static boolean isOnCurve(BigInteger y) {
    BigInteger square = squareOfX(y);
    return square.signum() == 0 || square.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
  }

  static Point decode(BigInteger y, boolean negative) {
    BigInteger square = squareOfX(y);
    BigInteger x = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(square)) {
      x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
    }
    return new Point(x.testBit(0) == negative ? x : P.subtract(x).mod(P), y);
  }

  private static BigInteger squareOfX(BigInteger y) {
    BigInteger square = y.multiply(y);
    return square
        .subtract(BigInteger.ONE)
        .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
        .mod(P);
  }

  /** A point of order eight: what is left of some point once its large part is gone. */
  static Point ofOrderEight() {
    for (long y = 2; ; y++) {
      if (isOnCurve(BigInteger.valueOf(y))) {
        Point rest = decode(BigInteger.valueOf(y), false).times(L);
        if (!rest.times(4).equals(IDENTITY)) {
          return rest;
        }
      }
    }
  }

  static List<Point> smallOrder() {
    Point generator = ofOrderEight();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      points.add(generator.times(i));
    }
    return points;
  }

  /** SHA-512(R || A || M) mod L. */
  static BigInteger challenge(byte[] r, byte[] a, byte[] message) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(r);
      sha512.update(a);
      byte[] digest = sha512.digest(message);
      byte[] reversed = new byte[64];
      for (int i = 0; i < 64; i++) {
        reversed[i] = digest[63 - i];
      }
      return new BigInteger(1, reversed).mod(L);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static PublicKey key(byte[] encoded) {
    return new PublicKey(KeyType.ED25519, Bytes.of(encoded));
  }

  static Bytes signature(byte[] r, BigInteger s) {
    byte[] signature = new byte[64];
    System.arraycopy(r, 0, signature, 0, 32);
    System.arraycopy(littleEndian(s), 0, signature, 32, 32);
    return Bytes.wrap(signature);
  }
}

package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The curves y^2 = x^3 + ax + b of P-256 and secp256k1: which compressed keys are points, which
 * numbers are scalars. Own arithmetic: no library's opinion enters.
 */
enum WeierstrassCurve {
  P256(
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  SECP256K1(
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
      "0",
      "7",
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

  private final BigInteger p;
  private final BigInteger a;
  private final BigInteger b;
  private final BigInteger n;

  WeierstrassCurve(String p, String a, String b, String n) {
    this.p = new BigInteger(p, 16);
    this.a = new BigInteger(a, 16);
    this.b = new BigInteger(b, 16);
    this.n = new BigInteger(n, 16);
  }

  static WeierstrassCurve of(KeyType type) {
    return switch (type) {
      case P256 -> P256;
      case SECP256K1 -> SECP256K1;
      case ED25519 -> throw new IllegalArgumentException("Ed25519 is no Weierstrass curve");
    };
  }

  /** Whether 1 <= number < n. */
  boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(n) < 0;
  }

  /** Whether 1 <= number <= n / 2. */
  boolean isLowScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(n.shiftRight(1)) <= 0;
  }

  /** 4 || x || y of a compressed point; empty unless x is canonical and on the curve. */
  Optional<byte[]> decompress(byte[] compressed) {
    BigInteger x = BigEndian.read(compressed, 1);
    if (x.compareTo(p) >= 0) {
      return Optional.empty();
    }
    BigInteger square = x.multiply(x).add(a).multiply(x).add(b).mod(p);
    // Both fields have p = 3 mod 4. No point of either curve has y = 0: the orders are odd.
    BigInteger root = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    if (!root.multiply(root).mod(p).equals(square)) {
      return Optional.empty();
    }
    BigInteger y = root.testBit(0) == (compressed[0] == 3) ? root : p.subtract(root);
    byte[] point = new byte[65];
    point[0] = 4;
    BigEndian.write(x, point, 1);
    BigEndian.write(y, point, 33);
    return Optional.of(point);
  }
}

package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** By BouncyCastle's arithmetic. */
final class JavaSecp256k1 implements Secp256k1 {
  private static final Curves.Curve CURVE = Curves.SECP256K1;

  @Override
  public byte[] sign(byte[] secret, byte[] digest) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    EcdsaSignature signed = EcdsaSignature.sign(CURVE, new BigInteger(1, secret), digest);
    signed.writeTo(signature);
    signature[64] = (byte) (signed.oddY() ? 28 : 27);
    return signature;
  }

  @Override
  public Optional<byte[]> recover(byte[] signature, byte[] digest) {
    BigInteger r = BigEndian.read(signature, 0);
    BigInteger s = BigEndian.read(signature, 32);
    BigInteger e = new BigInteger(1, digest);
    return noncePoint(signature).flatMap(point -> key(point, r, s, e));
  }

  private static Optional<ECPoint> noncePoint(byte[] signature) {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (signature[64] - 25);
    System.arraycopy(signature, 0, compressed, 1, 32);
    try {
      return Optional.of(CURVE.points().decodePoint(compressed));
    } catch (IllegalArgumentException notOnTheCurve) {
      return Optional.empty();
    }
  }

  /** Q = (s / r) R - (e / r) G. */
  private static Optional<byte[]> key(
      ECPoint noncePoint, BigInteger r, BigInteger s, BigInteger e) {
    BigInteger inverse = BigIntegers.modOddInverseVar(CURVE.n(), r);
    BigInteger ofBase = e.negate().multiply(inverse).mod(CURVE.n());
    BigInteger ofNonce = s.multiply(inverse).mod(CURVE.n());
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(CURVE.base(), ofBase, noncePoint, ofNonce).normalize();
    return key.isInfinity() ? Optional.empty() : Optional.of(coordinates(key));
  }

  /** 64 bytes. */
  static byte[] coordinates(ECPoint key) {
    byte[] encoded = key.getEncoded(false);
    return Arrays.copyOfRange(encoded, 1, encoded.length);
  }
}

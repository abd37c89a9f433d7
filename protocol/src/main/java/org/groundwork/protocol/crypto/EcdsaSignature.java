package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * A deterministic (RFC 6979, HMAC-SHA-256) low-S signature over a 32-byte digest. {@code oddY} says
 * which of the two points with x = r the signer used, after S was made low.
 */
record EcdsaSignature(BigInteger r, BigInteger s, boolean oddY) {
  static EcdsaSignature sign(Curves.Curve curve, BigInteger secret, byte[] digest) {
    HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
    nonces.init(curve.n(), secret, digest);
    while (true) {
      BigInteger k = nonces.nextK();
      ECPoint point = curve.timesBase(k);
      BigInteger r = point.getAffineXCoord().toBigInteger();
      BigInteger s =
          BigIntegers.modOddInverse(curve.n(), k)
              .multiply(new BigInteger(1, digest).add(secret.multiply(r)))
              .mod(curve.n());
      // A point with x >= n (one in 2^128) could not be recovered from r: take the next nonce.
      if (r.signum() > 0 && r.compareTo(curve.n()) < 0 && s.signum() > 0) {
        boolean oddY = point.getAffineYCoord().testBitZero();
        boolean high = s.compareTo(curve.halfOrder()) > 0;
        return high
            ? new EcdsaSignature(r, curve.n().subtract(s), !oddY)
            : new EcdsaSignature(r, s, oddY);
      }
    }
  }

  /** Writes r || s, 32 big-endian bytes each, at the start of an array. */
  void writeTo(byte[] target) {
    BigEndian.write(r, target, 0);
    BigEndian.write(s, target, 32);
  }
}

package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** BouncyCastle's two short Weierstrass curves, for signing and recovery. */
final class Curves {
  static final Curve P256 = curve("secp256r1");
  static final Curve SECP256K1 = curve("secp256k1");

  private Curves() {}

  /** A group of prime order {@code n} with its base point. */
  record Curve(ECCurve points, ECPoint base, BigInteger n) {
    ECPoint timesBase(BigInteger scalar) {
      return new FixedPointCombMultiplier().multiply(base, scalar).normalize();
    }

    boolean isSecret(BigInteger scalar) {
      return scalar.signum() > 0 && scalar.compareTo(n) < 0;
    }

    BigInteger halfOrder() {
      return n.shiftRight(1);
    }
  }

  static Curve of(KeyType type) {
    return switch (type) {
      case P256 -> P256;
      case SECP256K1 -> SECP256K1;
      case ED25519 -> throw new IllegalArgumentException("Ed25519 is no Weierstrass curve");
    };
  }

  private static Curve curve(String name) {
    var parameters = CustomNamedCurves.getByName(name);
    return new Curve(parameters.getCurve(), parameters.getG(), parameters.getN());
  }
}

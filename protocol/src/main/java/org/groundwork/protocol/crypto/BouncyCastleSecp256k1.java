package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** secp256k1 by BouncyCastle, for the JDK, which no longer has this curve. */
final class BouncyCastleSecp256k1 {
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(
          Curves.SECP256K1.points(), Curves.SECP256K1.base(), Curves.SECP256K1.n());

  private BouncyCastleSecp256k1() {}

  static VerifierBackend.LoadedKey load(PublicKey key) {
    ECPublicKeyParameters parameters =
        new ECPublicKeyParameters(DOMAIN.getCurve().decodePoint(key.bytes().unsafeArray()), DOMAIN);
    return (message, signature) -> {
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, parameters);
      BigInteger r = BigEndian.read(signature, 0);
      BigInteger s = BigEndian.read(signature, 32);
      return signer.verifySignature(Keccak256.digest(message), r, s);
    };
  }
}

package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** ECDSA by BouncyCastle: the JDK has no secp256k1, and its P-256 takes several times as long. */
final class BouncyCastleEcdsa implements VerifierBackend {
  @Override
  public String name() {
    return "BouncyCastle";
  }

  @Override
  public LoadedKey load(PublicKey key) {
    Curves.Curve curve = Curves.of(key.type());
    ECPublicKeyParameters parameters =
        new ECPublicKeyParameters(
            curve.points().decodePoint(key.bytes().unsafeArray()),
            new ECDomainParameters(curve.points(), curve.base(), curve.n()));
    return (message, signature) -> {
      ECDSASigner signer = new ECDSASigner();
      signer.init(false, parameters);
      BigInteger r = BigEndian.read(signature, 0);
      BigInteger s = BigEndian.read(signature, 32);
      return signer.verifySignature(EcdsaDigest.of(key.type(), message), r, s);
    };
  }
}

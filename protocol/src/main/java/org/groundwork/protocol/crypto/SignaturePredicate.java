package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import org.groundwork.protocol.Bytes;

/**
 * The one strict predicate that every signature must satisfy before any library sees it. It is own
 * code over plain integers, so that which signatures count does not depend on who verifies.
 */
public final class SignaturePredicate {
  /** Bytes of every signature. */
  public static final int SIGNATURE_SIZE = 64;

  private SignaturePredicate() {}

  public static boolean wellFormed(PublicKey key, Bytes signature) {
    return isSignature(key.type(), signature) && isKey(key);
  }

  /** The part that depends on the signature: cheap, decided anew each time. */
  static boolean isSignature(KeyType type, Bytes signature) {
    if (signature.size() != SIGNATURE_SIZE) {
      return false;
    }
    byte[] content = signature.unsafeArray();
    return switch (type) {
      case ED25519 ->
          Ed25519Encodings.isCanonicalOfLargeOrder(content, 0)
              && Ed25519Encodings.isScalar(content, 32);
      case P256 ->
          WeierstrassCurve.P256.isScalar(r(content)) && WeierstrassCurve.P256.isScalar(s(content));
      case SECP256K1 ->
          WeierstrassCurve.SECP256K1.isScalar(r(content))
              && WeierstrassCurve.SECP256K1.isLowScalar(s(content));
    };
  }

  /** The part that depends on the key alone: an exponentiation, decided once and remembered. */
  static boolean isKey(PublicKey key) {
    byte[] content = key.bytes().unsafeArray();
    return switch (key.type()) {
      case ED25519 ->
          Ed25519Encodings.isCanonicalOfLargeOrder(content, 0)
              && Ed25519Encodings.isOnCurve(content);
      case P256, SECP256K1 -> WeierstrassCurve.of(key.type()).decompress(content).isPresent();
    };
  }

  private static BigInteger r(byte[] signature) {
    return BigEndian.read(signature, 0);
  }

  private static BigInteger s(byte[] signature) {
    return BigEndian.read(signature, 32);
  }
}

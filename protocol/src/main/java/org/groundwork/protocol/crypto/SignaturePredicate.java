package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import org.groundwork.protocol.Bytes;

/**
 * The one strict predicate that every signature must satisfy before any library sees it. It is own
 * code over plain integers, so that which signatures count does not depend on who verifies.
 *
 * <p><b>Ed25519</b>: S &lt; L; the y of A and of R is below p; neither is one of the eight points
 * of small order; A is a point. R is not decompressed, which would cost as much as a tenth of the
 * verification: an R that is no point cannot satisfy the equation below. Both backends then decide
 * the equation <em>without</em> the cofactor, S B = R + (k mod L) A, where k = SHA-512(R, A, M):
 * the native library (AWS-LC) computes S B - k A and compares its encoding with the bytes of R; the
 * JDK decodes R and compares points. On canonical encodings these are the same statement. Keys and
 * commitments with a component of small order beside a large one are not refused here; because
 * neither backend multiplies by eight, and both reduce k first, they agree on those too. A verifier
 * that uses the cofactored equation would accept more, and must not be added as a backend.
 *
 * <p><b>P-256</b>: 1 &lt;= r, s &lt; n, so that a signature may have a high S, as secure elements
 * make them: a report's identity is the hash of its body, never its signature. <b>secp256k1</b>: 1
 * &lt;= r &lt; n, 1 &lt;= s &lt;= n / 2, as the EVM's libraries demand. Keys of both: x &lt; p, and
 * on the curve; there is no cofactor.
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

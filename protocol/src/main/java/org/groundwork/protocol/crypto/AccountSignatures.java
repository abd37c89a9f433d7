package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * Signatures of accounts, judged as OpenZeppelin's ECDSA library judges them on chain: 65 bytes r
 * || s || v, low S, v 27 or 28, so that Java and Solidity never disagree.
 */
public final class AccountSignatures {
  public static final int SIZE = 65;
  private static final Curves.Curve CURVE = Curves.SECP256K1;

  private AccountSignatures() {}

  /** The account that made this signature; empty if it is malformed or of no account. */
  public static Optional<AccountId> recover(Hash digest, Bytes signature) {
    if (signature.size() != SIZE || (signature.get(64) != 27 && signature.get(64) != 28)) {
      return Optional.empty();
    }
    byte[] content = signature.unsafeArray();
    BigInteger r = BigEndian.read(content, 0);
    BigInteger s = BigEndian.read(content, 32);
    if (!CURVE.isSecret(r) || s.signum() == 0 || s.compareTo(CURVE.halfOrder()) > 0) {
      return Optional.empty();
    }
    BigInteger e = new BigInteger(1, digest.bytes().unsafeArray());
    return noncePoint(content).flatMap(point -> signer(point, r, s, e));
  }

  public static boolean isSignedBy(AccountId account, Hash digest, Bytes signature) {
    return recover(digest, signature).filter(account::equals).isPresent();
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
  private static Optional<AccountId> signer(
      ECPoint noncePoint, BigInteger r, BigInteger s, BigInteger e) {
    BigInteger inverse = BigIntegers.modOddInverseVar(CURVE.n(), r);
    BigInteger ofBase = e.negate().multiply(inverse).mod(CURVE.n());
    BigInteger ofNonce = s.multiply(inverse).mod(CURVE.n());
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(CURVE.base(), ofBase, noncePoint, ofNonce).normalize();
    return key.isInfinity() ? Optional.empty() : Optional.of(accountOf(key));
  }

  /** The last 20 bytes of the Keccak-256 of both coordinates. */
  static AccountId accountOf(ECPoint key) {
    byte[] encoded = key.getEncoded(false);
    byte[] digest = Keccak256.digest(Arrays.copyOfRange(encoded, 1, encoded.length));
    return new AccountId(Bytes.wrap(Arrays.copyOfRange(digest, 12, 32)));
  }
}

package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * Signatures of accounts, judged as OpenZeppelin's ECDSA library judges them on chain: 65 bytes r
 * || s || v, low S, v 27 or 28, so that Java and Solidity never disagree.
 */
public final class AccountSignatures {
  public static final int SIZE = Secp256k1.SIGNATURE_BYTES;
  private static final Curves.Curve CURVE = Curves.SECP256K1;

  private AccountSignatures() {}

  /** Whether a native library signs and recovers, rather than Java. */
  public static boolean isNative() {
    return Secp256k1.BEST instanceof NativeSecp256k1;
  }

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
    return Secp256k1.BEST
        .recover(content, digest.bytes().unsafeArray())
        .map(AccountSignatures::accountOf);
  }

  public static boolean isSignedBy(AccountId account, Hash digest, Bytes signature) {
    return recover(digest, signature).filter(account::equals).isPresent();
  }

  /** The last 20 bytes of the Keccak-256 of both coordinates. */
  static AccountId accountOf(byte[] coordinates) {
    return new AccountId(Bytes.wrap(Arrays.copyOfRange(Keccak256.digest(coordinates), 12, 32)));
  }
}

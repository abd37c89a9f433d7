package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/** The secp256k1 key of an account. */
public final class AccountKey {
  public static final int SECRET_SIZE = 32;

  private final AccountId account;
  private final byte[] secret;

  private AccountKey(byte[] secret) {
    this.secret = secret;
    this.account =
        AccountSignatures.accountOf(
            JavaSecp256k1.coordinates(Curves.SECP256K1.timesBase(new BigInteger(1, secret))));
  }

  public static AccountKey generate(SecureRandom random) {
    byte[] secret = new byte[SECRET_SIZE];
    do {
      random.nextBytes(secret);
    } while (!isSecret(secret));
    return new AccountKey(secret);
  }

  /**
   * The key with this big-endian scalar.
   *
   * @throws IllegalArgumentException if there are not 32 bytes, or the scalar is not in [1, n)
   */
  public static AccountKey fromSecret(byte[] secret) {
    if (!isSecret(secret)) {
      throw new IllegalArgumentException("these bytes are no secret of an account");
    }
    return new AccountKey(secret.clone());
  }

  private static boolean isSecret(byte[] secret) {
    return secret.length == SECRET_SIZE && Curves.SECP256K1.isSecret(new BigInteger(1, secret));
  }

  public AccountId account() {
    return account;
  }

  /** A copy of the secret, for a keystore. */
  public byte[] secret() {
    return secret.clone();
  }

  /** 65 bytes r || s || v over a digest: deterministic, low S, v 27 or 28. */
  public Bytes sign(Hash digest) {
    return Bytes.wrap(Secp256k1.BEST.sign(secret, digest.bytes().unsafeArray()));
  }

  @Override
  public String toString() {
    return "AccountKey[account=" + account + ", secret=redacted]";
  }
}

package org.groundwork.protocol.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.groundwork.protocol.Bytes;

/** A device's secret key in memory. */
public final class DeviceKey implements MessageSigner {
  public static final int SECRET_SIZE = 32;
  private static final int SIGNATURE_SIZE = 64;

  private final PublicKey publicKey;
  private final byte[] secret;

  private DeviceKey(PublicKey publicKey, byte[] secret) {
    this.publicKey = publicKey;
    this.secret = secret;
  }

  public static DeviceKey generate(KeyType type, SecureRandom random) {
    byte[] secret = new byte[SECRET_SIZE];
    do {
      random.nextBytes(secret);
    } while (!isSecret(type, secret));
    return fromSecret(type, secret);
  }

  /**
   * The key of 32 secret bytes: an Ed25519 seed, or a big-endian scalar.
   *
   * @throws IllegalArgumentException if there are not 32 bytes, or the scalar is not in [1, n)
   */
  public static DeviceKey fromSecret(KeyType type, byte[] secret) {
    if (!isSecret(type, secret)) {
      throw new IllegalArgumentException("these bytes are no secret of a key of type " + type);
    }
    return new DeviceKey(new PublicKey(type, publicBytes(type, secret)), secret.clone());
  }

  private static boolean isSecret(KeyType type, byte[] secret) {
    return secret.length == SECRET_SIZE
        && (type == KeyType.ED25519 || Curves.of(type).isSecret(new BigInteger(1, secret)));
  }

  private static Bytes publicBytes(KeyType type, byte[] secret) {
    if (type == KeyType.ED25519) {
      byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
      Ed25519.generatePublicKey(secret, 0, point, 0);
      return Bytes.wrap(point);
    }
    return Bytes.wrap(Curves.of(type).timesBase(new BigInteger(1, secret)).getEncoded(true));
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  /** A copy of the secret, for a keystore. */
  public byte[] secret() {
    return secret.clone();
  }

  /** Deterministic for every type; ECDSA signatures have a low S. */
  @Override
  public Bytes sign(byte[] message) {
    byte[] signature = new byte[SIGNATURE_SIZE];
    switch (publicKey.type()) {
      case ED25519 ->
          Ed25519.sign(
              secret,
              0,
              publicKey.bytes().unsafeArray(),
              0,
              message,
              0,
              message.length,
              signature,
              0);
      case P256, SECP256K1 -> signDigest(EcdsaDigest.of(publicKey.type(), message), signature);
    }
    return Bytes.wrap(signature);
  }

  private void signDigest(byte[] digest, byte[] target) {
    Curves.Curve curve = Curves.of(publicKey.type());
    EcdsaSignature.sign(curve, new BigInteger(1, secret), digest).writeTo(target);
  }

  @Override
  public String toString() {
    return "DeviceKey[publicKey=" + publicKey + ", secret=redacted]";
  }
}

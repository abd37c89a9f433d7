package org.groundwork.protocol.crypto;

/** What ECDSA keys sign of a message. */
final class EcdsaDigest {
  private EcdsaDigest() {}

  static byte[] of(KeyType type, byte[] message) {
    return switch (type) {
      case P256 -> Sha256.digest(message);
      case SECP256K1 -> Keccak256.digest(message);
      case ED25519 -> throw new IllegalArgumentException("Ed25519 signs messages whole");
    };
  }
}

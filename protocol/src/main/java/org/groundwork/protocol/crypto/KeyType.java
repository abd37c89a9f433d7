package org.groundwork.protocol.crypto;

/** The kinds of device keys. The codes are part of the protocol. */
public enum KeyType {
  /** Raw 32-byte keys; signatures R || S. */
  ED25519(1, 32),
  /** ECDSA over SHA-256, as in ATECC608 and TPM 2.0; compressed keys. */
  P256(2, 33),
  /** ECDSA over Keccak-256; compressed keys. */
  SECP256K1(3, 33);

  private final int code;
  private final int keySize;

  KeyType(int code, int keySize) {
    this.code = code;
    this.keySize = keySize;
  }

  public int code() {
    return code;
  }

  /** Bytes of a public key of this type. */
  public int keySize() {
    return keySize;
  }

  /**
   * The type with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static KeyType of(int code) {
    return switch (code) {
      case 1 -> ED25519;
      case 2 -> P256;
      case 3 -> SECP256K1;
      default -> throw new IllegalArgumentException("no key type has code " + code);
    };
  }
}

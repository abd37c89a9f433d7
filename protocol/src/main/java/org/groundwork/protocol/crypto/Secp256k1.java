package org.groundwork.protocol.crypto;

import java.util.NoSuchElementException;
import java.util.Optional;

/** Signing and recovery on the curve of accounts. All implementations give the same bytes. */
sealed interface Secp256k1 permits NativeSecp256k1, JavaSecp256k1 {
  /** r, s and v, 27 or 28. */
  int SIGNATURE_BYTES = 65;

  /** What there is on this machine: Bitcoin Core's library where it is installed, else Java. */
  Secp256k1 BEST = best();

  /**
   * A deterministic (RFC 6979, HMAC-SHA-256), low-S signature.
   *
   * @param secret big-endian, 32 bytes, in [1, n)
   * @param digest 32 bytes
   * @return r || s || v
   */
  byte[] sign(byte[] secret, byte[] digest);

  /**
   * Both coordinates of the key that made a signature, 64 bytes.
   *
   * @param signature r || s || v, with r and s in [1, n) and v 27 or 28
   * @return empty if there is no such key
   */
  Optional<byte[]> recover(byte[] signature, byte[] digest);

  private static Secp256k1 best() {
    for (String name : NativeSecp256k1.LIBRARIES) {
      try {
        return NativeSecp256k1.load(name);
      } catch (IllegalArgumentException | NoSuchElementException notThere) {
        // The next name, and at last Java.
      }
    }
    return new JavaSecp256k1();
  }
}

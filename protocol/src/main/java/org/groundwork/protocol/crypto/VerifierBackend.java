package org.groundwork.protocol.crypto;

/** A library that verifies. It sees only keys that satisfy the {@link SignaturePredicate}. */
interface VerifierBackend {
  String name();

  /** Makes a key ready. */
  LoadedKey load(PublicKey key);

  /** One key inside a library, for use by many threads. */
  @FunctionalInterface
  interface LoadedKey {
    /** Whether the 64 bytes, which satisfy the predicate, are a signature over the message. */
    boolean verify(byte[] message, byte[] signature);
  }
}

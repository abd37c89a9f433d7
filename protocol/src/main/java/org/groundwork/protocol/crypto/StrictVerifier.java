package org.groundwork.protocol.crypto;

import org.groundwork.protocol.Bytes;

/** A backend behind the {@link SignaturePredicate}, with the keys it has seen kept ready. */
final class StrictVerifier implements SignatureVerifier {
  /** Keys of one generation of the cache; twice as many are kept, at about 1 KiB each. */
  private static final int KEYS = 32_768;

  private static final VerifierBackend.LoadedKey REFUSED = (_, _) -> false;

  private final VerifierBackend backend;
  private final BoundedCache<PublicKey, VerifierBackend.LoadedKey> keys;

  StrictVerifier(VerifierBackend backend) {
    this.backend = backend;
    this.keys =
        new BoundedCache<>(
            KEYS, key -> SignaturePredicate.isKey(key) ? backend.load(key) : REFUSED);
  }

  @Override
  public boolean verify(PublicKey key, byte[] message, Bytes signature) {
    return SignaturePredicate.isSignature(key.type(), signature)
        && keys.get(key).verify(message, signature.unsafeArray());
  }

  @Override
  public String toString() {
    return "StrictVerifier[" + backend.name() + "]";
  }
}

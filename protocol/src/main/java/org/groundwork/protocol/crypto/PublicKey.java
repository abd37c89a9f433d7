package org.groundwork.protocol.crypto;

import java.util.Comparator;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * The public key of a device: 32 raw bytes, or 33 of a compressed point. Whether the bytes are a
 * point of the curve is for {@link SignaturePredicate} to say.
 */
public record PublicKey(KeyType type, Bytes bytes) implements Comparable<PublicKey> {
  private static final Comparator<PublicKey> ORDER =
      Comparator.comparing(PublicKey::type).thenComparing(PublicKey::bytes);

  public PublicKey {
    if (bytes.size() != type.keySize()) {
      throw new IllegalArgumentException(
          "a key of type %s has %d bytes, not %d".formatted(type, type.keySize(), bytes.size()));
    }
    if (type != KeyType.ED25519 && bytes.get(0) != 2 && bytes.get(0) != 3) {
      throw new IllegalArgumentException("a compressed key starts with 2 or 3");
    }
  }

  /** The key hash: SHA-256 of the type's code, then the key's bytes. */
  public Hash hash() {
    return Sha256.hash(new byte[] {(byte) type.code()}, bytes.unsafeArray());
  }

  @Override
  public int compareTo(PublicKey other) {
    return ORDER.compare(this, other);
  }
}

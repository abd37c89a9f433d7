package org.groundwork.protocol.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.groundwork.protocol.Hash;

/** SHA-256 over concatenated parts. Safe for use by many threads. */
public final class Sha256 {
  private static final MessageDigest PROTOTYPE = prototype();
  private static final ThreadLocal<MessageDigest> KEPT =
      ThreadLocal.withInitial(Sha256::copyOfPrototype);

  private Sha256() {}

  public static Hash hash(byte[]... parts) {
    return Hash.wrap(digest(parts));
  }

  /** An object for many hashes in a row, by one thread. */
  public static MessageDigest newDigest() {
    return copyOfPrototype();
  }

  static byte[] digest(byte[]... parts) {
    // A digest is as new after each use; a virtual thread does not live for many.
    MessageDigest digest = Thread.currentThread().isVirtual() ? copyOfPrototype() : KEPT.get();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** A clone is several times cheaper than the search for a provider. */
  private static MessageDigest copyOfPrototype() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  private static MessageDigest prototype() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

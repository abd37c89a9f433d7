package org.groundwork.networks.storage.arweave;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Arweave's hash over nested lists of byte strings, by SHA-384. */
final class DeepHash {
  private DeepHash() {}

  static byte[] blob(byte[] content) {
    return ofBlob(content.length, sha384().digest(content));
  }

  /** The same, of content whose SHA-384 is known. */
  static byte[] ofBlob(long length, byte[] digest) {
    return hash(hash(ascii("blob" + length)), digest);
  }

  /** Of a list of byte strings. */
  static byte[] list(List<byte[]> contents) {
    byte[] hash = start(contents.size());
    for (byte[] content : contents) {
      hash = join(hash, blob(content));
    }
    return hash;
  }

  /** The hash of a list before its first element. */
  static byte[] start(int elements) {
    return hash(ascii("list" + elements));
  }

  /** The hash of a list with one more element. */
  static byte[] join(byte[] list, byte[] element) {
    return hash(list, element);
  }

  private static byte[] hash(byte[]... parts) {
    MessageDigest digest = sha384();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static MessageDigest sha384() {
    try {
      return MessageDigest.getInstance("SHA-384");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-384", e);
    }
  }
}

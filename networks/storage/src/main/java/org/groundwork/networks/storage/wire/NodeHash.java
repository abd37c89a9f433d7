package org.groundwork.networks.storage.wire;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import org.groundwork.protocol.Hash;

/**
 * The hash of two nodes: SHA-256 with the two highest bits of the last byte cleared. One thread at
 * a time.
 */
final class NodeHash {
  static final int NODE_BYTES = Hash.SIZE;
  private static final int LAST_BYTE_MASK = 0x3f;

  private final MessageDigest sha256 = sha256();

  /** Writes the parent of the two neighbouring nodes at {@code in}; the places may overlap. */
  void parent(byte[] nodes, int in, byte[] out, int outOffset) {
    sha256.update(nodes, in, 2 * NODE_BYTES);
    finish(out, outOffset);
  }

  Hash parent(Hash left, Hash right) {
    sha256.update(left.bytes().unsafeArray());
    sha256.update(right.bytes().unsafeArray());
    byte[] out = new byte[NODE_BYTES];
    finish(out, 0);
    return Hash.wrap(out);
  }

  private void finish(byte[] out, int outOffset) {
    try {
      sha256.digest(out, outOffset, NODE_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a node at " + outOffset, e);
    }
    out[outOffset + NODE_BYTES - 1] &= LAST_BYTE_MASK;
  }

  /**
   * The JDK's own SHA-256 even where another provider stands first: for messages of 64 bytes the
   * call into native code costs more than the hash.
   */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256", "SUN");
    } catch (NoSuchProviderException | NoSuchAlgorithmException otherJvm) {
      return anySha256();
    }
  }

  private static MessageDigest anySha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

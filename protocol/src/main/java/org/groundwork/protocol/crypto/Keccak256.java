package org.groundwork.protocol.crypto;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.groundwork.protocol.Hash;

/** Keccak-256 as the EVM has it (not SHA3-256) over concatenated parts. Safe for many threads. */
public final class Keccak256 {
  private static final int BITS = 256;
  private static final ThreadLocal<KeccakDigest> KEPT =
      ThreadLocal.withInitial(() -> new KeccakDigest(BITS));

  private Keccak256() {}

  public static Hash hash(byte[]... parts) {
    return Hash.wrap(digest(parts));
  }

  /** Hashes pairs of nodes of a tree, one after the other. For one thread. */
  public static final class Pairs {
    private final KeccakDigest digest = new KeccakDigest(BITS);

    /** Writes the hash over the nodes that start at two places of an array to a third one. */
    public void hash(byte[] nodes, int first, int second, int target) {
      digest.update(nodes, first, Hash.SIZE);
      digest.update(nodes, second, Hash.SIZE);
      digest.doFinal(nodes, target);
    }
  }

  static byte[] digest(byte[]... parts) {
    // A digest is as new after each use; a virtual thread does not live for many.
    KeccakDigest digest = Thread.currentThread().isVirtual() ? new KeccakDigest(BITS) : KEPT.get();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] result = new byte[Hash.SIZE];
    digest.doFinal(result, 0);
    return result;
  }
}

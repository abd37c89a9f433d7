package org.groundwork.protocol.crypto;

import org.bouncycastle.crypto.digests.KeccakDigest;
import org.groundwork.protocol.Hash;

/** Keccak-256 as the EVM has it (not SHA3-256) over concatenated parts. Safe for many threads. */
public final class Keccak256 {
  private Keccak256() {}

  public static Hash hash(byte[]... parts) {
    return Hash.wrap(digest(parts));
  }

  static byte[] digest(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] result = new byte[Hash.SIZE];
    digest.doFinal(result, 0);
    return result;
  }
}

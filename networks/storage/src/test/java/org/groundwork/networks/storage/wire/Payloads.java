package org.groundwork.networks.storage.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The payloads of the reference vectors. */
public final class Payloads {
  private Payloads() {}

  /** SHA-256 of seed and counter, one after the other. */
  public static byte[] ctr(String seed, int length) {
    MessageDigest sha256 = NodeHash.sha256();
    ByteBuffer out = ByteBuffer.allocate(length);
    for (long counter = 0; out.hasRemaining(); counter++) {
      sha256.update(seed.getBytes(StandardCharsets.UTF_8));
      byte[] next = sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
      out.put(next, 0, Math.min(next.length, out.remaining()));
    }
    return out.array();
  }
}

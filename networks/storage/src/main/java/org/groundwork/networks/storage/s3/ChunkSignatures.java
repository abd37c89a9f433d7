package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The chain of signatures over the chunks of one streamed body: each signs the one before, so that
 * no chunk can be changed, moved or left out.
 */
final class ChunkSignatures {
  private final byte[] signingKey;
  private final String context;
  private String previous;

  /**
   * @param seed the signature of the request's head
   */
  ChunkSignatures(byte[] signingKey, String timestamp, SigV4.Scope scope, String seed) {
    this.signingKey = signingKey.clone();
    this.context = timestamp + "\n" + scope + "\n";
    this.previous = seed;
  }

  /** Whether the signature is that of the next chunk; if so, it is the one to chain on. */
  boolean acceptChunk(byte[] sha256, String signature) {
    return accept(
        "AWS4-HMAC-SHA256-PAYLOAD\n"
            + context
            + previous
            + "\n"
            + SigV4.EMPTY_SHA256
            + "\n"
            + HexFormat.of().formatHex(sha256),
        signature);
  }

  /**
   * @param trailer lines of {@code name:value}, each ended by a line feed
   */
  boolean acceptTrailer(String trailer, String signature) {
    byte[] hash = SigV4.sha256().digest(trailer.getBytes(StandardCharsets.UTF_8));
    return accept(
        "AWS4-HMAC-SHA256-TRAILER\n" + context + previous + "\n" + HexFormat.of().formatHex(hash),
        signature);
  }

  private boolean accept(String stringToSign, String signature) {
    String computed = SigV4.sign(signingKey, stringToSign);
    previous = computed;
    return SigV4.equal(computed, signature);
  }
}

package org.groundwork.node.verifier;

import java.time.Duration;

/**
 * How a verifier works.
 *
 * @param threads on which an epoch is judged
 * @param maxBytesPerGateway most canonical bytes of one gateway and epoch
 * @param turn how long each verifier has to submit a result before the next one does
 */
public record VerifierSettings(int threads, long maxBytesPerGateway, Duration turn) {
  public static final VerifierSettings DEFAULT =
      new VerifierSettings(2, 8L << 30, Duration.ofSeconds(5));

  public VerifierSettings {
    if (threads < 1 || maxBytesPerGateway < 1 || turn.isNegative()) {
      throw new IllegalArgumentException("settings out of range");
    }
  }
}

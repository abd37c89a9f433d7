package org.groundwork.node.verifier;

import java.net.URI;
import java.time.Duration;
import org.groundwork.engine.local.Runners;

/**
 * How a verifier works.
 *
 * @param runner where epochs are judged: {@link Runners#LOCAL}, or the address of a cluster
 * @param threads on which an epoch is judged here
 * @param maxBytesPerGateway most canonical bytes of one gateway and epoch
 * @param turn how long each verifier has to submit a result before the next one does
 */
public record VerifierSettings(URI runner, int threads, long maxBytesPerGateway, Duration turn) {
  public static final VerifierSettings DEFAULT =
      new VerifierSettings(Runners.LOCAL, 2, 8L << 30, Duration.ofSeconds(5));

  public VerifierSettings {
    if (threads < 1 || maxBytesPerGateway < 1 || turn.isNegative()) {
      throw new IllegalArgumentException("settings out of range");
    }
  }

  /** The same with epochs judged elsewhere. */
  public VerifierSettings withRunner(URI other) {
    return new VerifierSettings(other, threads, maxBytesPerGateway, turn);
  }
}

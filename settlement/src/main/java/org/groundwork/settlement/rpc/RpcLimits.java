package org.groundwork.settlement.rpc;

import java.time.Duration;

/**
 * Bounds of one connection to a node.
 *
 * @param deadline for one request and its whole answer
 * @param answerBytes largest answer that is read
 * @param attempts how often a read is tried in all
 * @param backoff wait before the second attempt; doubled before each further one
 * @param logBlocks most blocks asked for in one {@code eth_getLogs}
 */
public record RpcLimits(
    Duration deadline, int answerBytes, int attempts, Duration backoff, int logBlocks) {
  public static final RpcLimits STANDARD =
      new RpcLimits(Duration.ofSeconds(20), 64 << 20, 4, Duration.ofMillis(200), 2_000);

  public RpcLimits {
    if (deadline.isNegative() || deadline.isZero() || answerBytes < 1024) {
      throw new IllegalArgumentException("deadline and answer size must be positive");
    }
    if (attempts < 1 || attempts > 10 || logBlocks < 1) {
      throw new IllegalArgumentException("attempts must be 1 to 10 and log pages 1 block or more");
    }
  }
}

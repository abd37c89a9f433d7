package org.groundwork.node.gateway;

import org.groundwork.protocol.ReportBody;

/**
 * What a gateway takes.
 *
 * @param maxBodyBytes longest encoded body of a report
 * @param maxReportsPerDeviceAndSlot most reports of one device in one slot
 * @param maxReportsPerEpoch most reports of one epoch, all devices together; bounds memory
 * @param maxBytesInFlight bytes of reports that may be under way at once; above it callers are told
 *     to come back
 * @param senderFailures bad reports that one address may send a second, on average
 * @param keyFailures wrong signatures that may come under one key a second, on average
 */
public record GatewayLimits(
    int maxBodyBytes,
    int maxReportsPerDeviceAndSlot,
    long maxReportsPerEpoch,
    int maxBytesInFlight,
    int senderFailures,
    int keyFailures) {
  /** Verifying so many bad signatures takes less than a hundredth of a core. */
  private static final int SENDER_FAILURES = 100;

  private static final int KEY_FAILURES = 2;

  public static final GatewayLimits DEFAULT =
      new GatewayLimits(ReportBody.MAX_SIZE, 2_000, 5_000_000, 64 << 20);

  public GatewayLimits {
    if (maxBodyBytes < 1
        || maxBodyBytes > ReportBody.MAX_SIZE
        || maxReportsPerDeviceAndSlot < 1
        || maxReportsPerEpoch < 1
        || maxBytesInFlight < 1
        || senderFailures < 1
        || keyFailures < 1) {
      throw new IllegalArgumentException("limits out of range");
    }
  }

  /** With the usual limits for what is bad. */
  public GatewayLimits(
      int maxBodyBytes,
      int maxReportsPerDeviceAndSlot,
      long maxReportsPerEpoch,
      int maxBytesInFlight) {
    this(
        maxBodyBytes,
        maxReportsPerDeviceAndSlot,
        maxReportsPerEpoch,
        maxBytesInFlight,
        SENDER_FAILURES,
        KEY_FAILURES);
  }
}

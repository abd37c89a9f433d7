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
 */
public record GatewayLimits(
    int maxBodyBytes,
    int maxReportsPerDeviceAndSlot,
    long maxReportsPerEpoch,
    int maxBytesInFlight) {
  public static final GatewayLimits DEFAULT =
      new GatewayLimits(ReportBody.MAX_SIZE, 2_000, 5_000_000, 64 << 20);

  public GatewayLimits {
    if (maxBodyBytes < 1
        || maxBodyBytes > ReportBody.MAX_SIZE
        || maxReportsPerDeviceAndSlot < 1
        || maxReportsPerEpoch < 1
        || maxBytesInFlight < 1) {
      throw new IllegalArgumentException("limits out of range");
    }
  }
}

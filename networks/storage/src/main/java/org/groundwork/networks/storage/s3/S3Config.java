package org.groundwork.networks.storage.s3;

import java.time.Duration;

/**
 * Settings of the S3 front.
 *
 * @param host the address to listen at
 * @param port 0 for any that is free
 * @param region what {@code GetBucketLocation} names; requests signed for any region are accepted
 * @param owner shown as the owner of all buckets and objects
 * @param idle after so long without a byte from the client a connection is closed
 */
public record S3Config(String host, int port, String region, String owner, Duration idle) {
  public static final String LOOPBACK = "127.0.0.1";

  public S3Config {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port);
    }
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("idle " + idle);
    }
  }

  /** At the loopback address. */
  public static S3Config local(int port) {
    return new S3Config(LOOPBACK, port, "us-east-1", "groundwork", Duration.ofMinutes(2));
  }
}

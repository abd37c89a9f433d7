package org.groundwork.networks.storage.s3;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the S3 front.
 *
 * @param host the address to listen at
 * @param port 0 for any that is free
 * @param region what {@code GetBucketLocation} names; requests signed for any region are accepted
 * @param idle after so long without a byte from the client a connection is closed
 * @param domain buckets can also be addressed as names under it ({@code bucket.domain}); empty for
 *     by path alone
 * @param tls what to prove the server's identity with; empty for plain HTTP
 */
public record S3Config(
    String host, int port, String region, Duration idle, String domain, Optional<TlsFiles> tls) {
  /**
   * PEM files.
   *
   * @param certificates the server's, then those that lead to a known authority
   * @param key the private one, as PKCS #8
   */
  public record TlsFiles(Path certificates, Path key) {}

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
    return new S3Config(LOOPBACK, port, "us-east-1", Duration.ofMinutes(2), "", Optional.empty());
  }

  public S3Config withHost(String changed) {
    return new S3Config(changed, port, region, idle, domain, tls);
  }

  public S3Config withRegion(String changed) {
    return new S3Config(host, port, changed, idle, domain, tls);
  }

  public S3Config withDomain(String changed) {
    return new S3Config(host, port, region, idle, changed, tls);
  }

  public S3Config withTls(TlsFiles changed) {
    return new S3Config(host, port, region, idle, domain, Optional.of(changed));
  }
}

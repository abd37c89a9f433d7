package org.groundwork.node.http;

import java.util.Optional;

/**
 * Where a node listens, and what it takes.
 *
 * @param host loopback unless others are to reach it
 * @param port 0 for any free one
 * @param maxConnections connections at once
 * @param maxBodyBytes bytes of request bodies that are read at once, over all connections
 * @param tls in clear without it
 */
public record ServerSettings(
    String host, int port, int maxConnections, int maxBodyBytes, Optional<TlsFiles> tls) {
  private static final int MAX_PORT = 65_535;

  public ServerSettings {
    if (port < 0 || port > MAX_PORT || maxConnections < 1 || maxBodyBytes < 1) {
      throw new IllegalArgumentException("settings out of range");
    }
  }

  /** In clear. */
  public ServerSettings(String host, int port, int maxConnections, int maxBodyBytes) {
    this(host, port, maxConnections, maxBodyBytes, Optional.empty());
  }

  public ServerSettings withTls(TlsFiles files) {
    return new ServerSettings(host, port, maxConnections, maxBodyBytes, Optional.of(files));
  }

  /** The same at another address of this machine. */
  public ServerSettings at(String address) {
    return new ServerSettings(address, port, maxConnections, maxBodyBytes, tls);
  }

  /** On loopback, with room for three segments of the largest size at once. */
  public static ServerSettings loopback(int port) {
    return new ServerSettings("127.0.0.1", port, 1024, 256 << 20);
  }
}

package org.groundwork.node.mqtt;

import java.util.Optional;
import org.groundwork.node.http.TlsFiles;

/**
 * Where a gateway's broker listens, and what it takes.
 *
 * @param host loopback unless others are to reach it
 * @param port 0 for any free one
 * @param tls without it passwords, which are short-lived, travel in clear
 * @param maxConnections connections at once
 * @param maxPacketBytes the longest packet of a client that has logged in
 */
public record MqttSettings(
    String host, int port, Optional<TlsFiles> tls, int maxConnections, int maxPacketBytes) {
  private static final int MAX_PORT = 65_535;
  private static final int MIN_PACKET = 1 << 10;

  /** The longest packet that MQTT knows, in bytes. */
  private static final int MAX_PACKET = 268_435_455;

  public MqttSettings {
    if (port < 0
        || port > MAX_PORT
        || maxConnections < 1
        || maxPacketBytes < MIN_PACKET
        || maxPacketBytes > MAX_PACKET) {
      throw new IllegalArgumentException("settings out of range");
    }
  }

  /** On loopback, in clear, for readings: packets of 16 KiB. */
  public static MqttSettings loopback(int port) {
    return new MqttSettings("127.0.0.1", port, Optional.empty(), 20_000, 16 << 10);
  }

  public MqttSettings withTls(TlsFiles added) {
    return new MqttSettings(host, port, Optional.of(added), maxConnections, maxPacketBytes);
  }
}

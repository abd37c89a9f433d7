package org.groundwork.agent.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sockets of a web server that give up a peer that says nothing. The server's own options leave the
 * read timeout out, and of its two kinds of sockets the one that it prefers knows none and writes 8
 * KiB at a time, at a third of the speed of whole arrays.
 */
public final class TimedSockets implements SocketOptions {
  private final SocketOptions all;

  private TimedSockets(SocketOptions all) {
    this.all = all;
  }

  /**
   * A server that is still to be configured.
   *
   * @param readTimeout after so long without a byte that it waits for, a connection is closed
   */
  public static WebServerConfig.Builder server(Duration readTimeout) {
    SocketOptions options =
        SocketOptions.builder().readTimeout(readTimeout).tcpNoDelay(true).build();
    return WebServer.builder()
        .shutdownHook(false)
        .useNio(false)
        .connectionOptions(new TimedSockets(options));
  }

  /** Whether reading ended because nothing came for so long; it can be gone on with. */
  public static boolean isTimeout(ServerConnectionException failure) {
    return failure.getCause() instanceof UncheckedIOException unchecked
        && unchecked.getCause() instanceof SocketTimeoutException;
  }

  @Override
  public void configureSocket(SocketChannel channel) {
    all.configureSocket(channel);
    try {
      channel.socket().setSoTimeout(Math.toIntExact(all.readTimeout().toMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return all.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return all.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return all.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return all.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return all.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return all.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return all.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return all.tcpNoDelay();
  }
}

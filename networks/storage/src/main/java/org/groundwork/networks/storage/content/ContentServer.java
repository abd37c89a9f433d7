package org.groundwork.networks.storage.content;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.groundwork.agent.http.TimedSockets;

/** The web server of a gateway's public side. */
public final class ContentServer implements AutoCloseable {
  private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_CONNECTIONS = 1024;
  private static final int WRITE_BUFFER_BYTES = 64 * 1024;
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final Duration UNLIMITED = Duration.ofDays(3650);

  private final WebServer server;

  private ContentServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any that is free
   * @param fronts each adds its routes, the more special ones first
   */
  public static ContentServer start(
      String host, int port, List<Consumer<HttpRouting.Builder>> fronts) {
    return new ContentServer(
        TimedSockets.server(IDLE)
            .host(host)
            .port(port)
            .maxTcpConnections(MAX_CONNECTIONS)
            .writeBufferSize(WRITE_BUFFER_BYTES)
            .maxPayloadSize(-1)
            .idleConnectionTimeout(UNLIMITED)
            .addProtocol(
                Http1Config.builder()
                    .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                    .maxHeadersSize(MAX_HEADER_BYTES)
                    .build())
            .contentEncoding(
                ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
            .routing(
                (HttpRouting.Builder routing) -> fronts.forEach(front -> front.accept(routing)))
            .build()
            .start());
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}

package org.groundwork.node.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.Http1ConnectionSelectorConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.groundwork.agent.http.TimedSockets;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;

/** The HTTP endpoint of one role. */
public final class NodeServer implements AutoCloseable {
  private static final int MAX_REQUEST_LINE = 4096;
  private static final int MAX_HEADERS = 16 << 10;

  /**
   * After so long without a byte a connection is closed, unless it is a stream. Longer than clients
   * keep one for their next request, which would go into a connection that is just being closed: 30
   * s with the JDK's.
   */
  private static final Duration READ = Duration.ofSeconds(60);

  /** Counts from the start of a request: the longest that one may take in all. */
  private static final Duration REQUEST = Duration.ofMinutes(5);

  /** How often connections are looked at. */
  private static final Duration IDLE_CHECK = Duration.ofSeconds(10);

  /** More than any connection may be idle. */
  static final Duration TOO_IDLE = REQUEST.plusSeconds(1);

  private final WebServer server;
  private final URI uri;

  private NodeServer(WebServer server, URI uri) {
    this.server = server;
    this.uri = uri;
  }

  /**
   * Starts listening.
   *
   * @throws IOException if the address is taken, or certificate or key cannot be used
   */
  public static NodeServer start(ServerSettings settings, Routes... routes) throws IOException {
    return start(settings, READ, routes);
  }

  static NodeServer start(ServerSettings settings, Duration read, Routes... routes)
      throws IOException {
    var builder = TimedSockets.server(read);
    if (settings.tls().isPresent()) {
      builder.tls(Tls.builder().sslContext(settings.tls().get().context().context()).build());
    }
    WebServer server =
        builder
            .host(settings.host())
            .port(settings.port())
            .maxTcpConnections(settings.maxConnections())
            .maxPayloadSize(settings.maxBodyBytes())
            .idleConnectionTimeout(REQUEST)
            .idleConnectionPeriod(IDLE_CHECK)
            .shutdownGracePeriod(Duration.ofSeconds(2))
            .addConnectionSelector(http1(routes))
            .directHandlers(unreadable())
            .routing((HttpRouting.Builder routing) -> route(routing, routes))
            .build()
            .start();
    // The server only logs that it could not bind.
    if (!server.isRunning() || server.port() <= 0) {
      throw new IOException(
          "Nothing can listen on %s:%d: another program does, or the address is not of this machine"
              .formatted(settings.host(), settings.port()));
    }
    return new NodeServer(
        server,
        URI.create(
            (settings.tls().isPresent() ? "https://" : "http://")
                + settings.host()
                + ":"
                + server.port()));
  }

  private static Http1ConnectionSelector http1(Routes... routes) {
    Http1ConnectionSelectorConfig.Builder http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxPrologueLength(MAX_REQUEST_LINE)
                    .maxHeadersSize(MAX_HEADERS)
                    .build());
    for (Routes each : routes) {
      each.upgraders().forEach(http1::addUpgrader);
    }
    return http1.build();
  }

  private static void route(HttpRouting.Builder routing, Routes... routes) {
    for (Routes each : routes) {
      each.addTo(routing);
    }
    routing.any(
        Replies.guarded((request, response) -> {
          throw new ApiException(ApiError.NOT_FOUND);
        }));
  }

  /** What cannot even be read as HTTP. */
  private static DirectHandlers unreadable() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (request, event, status, headers, message) -> {
            ApiError error = status.code() >= 500 ? ApiError.INTERNAL : ApiError.MALFORMED;
            return DirectHandler.TransportResponse.builder()
                .status(Status.create(error.status()))
                .headers(headers)
                .header(HeaderValues.CONNECTION_CLOSE)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .keepAlive(false)
                .entity(Json.encode(AnswerJson.error(error.code(), error.sentence())).unsafeArray())
                .build();
          });
    }
    return handlers.build();
  }

  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    server.stop();
  }
}

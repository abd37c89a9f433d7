package org.groundwork.node.http;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.wire.StreamAnswer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ReportStream} of an HTTP/1.1 connection that asks for a WebSocket. */
final class StreamUpgrader implements Http1Upgrader {
  private final Admission admission;
  private final InstantSource clock;
  private final Duration patience;

  /**
   * An upgrader.
   *
   * @param patience how long a peer may let answers wait
   */
  StreamUpgrader(Admission admission, InstantSource clock, Duration patience) {
    this.admission = admission;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String supportedProtocol() {
    return "websocket";
  }

  /** Null if this is not for us: the request is then answered like any other. */
  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    boolean ours =
        prologue.method().equals(Method.GET)
            && prologue.uriPath().rawPath().equals(StreamAnswer.PATH)
            && WebSocketHandshake.isAsked(headers);
    if (!ours) {
      return null;
    }
    boolean offered = WebSocketHandshake.offers(headers).contains(StreamAnswer.SUBPROTOCOL);
    WebSocketHandshake.accept(connection, headers, offered ? StreamAnswer.SUBPROTOCOL : "");
    return new ReportStream(
        connection,
        admission,
        admission.sender(SenderAddress.of(connection.remotePeer())),
        clock,
        patience);
  }
}

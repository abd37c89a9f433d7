package org.groundwork.node.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.wire.StreamAnswer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ReportStream} of an HTTP/1.1 connection that asks for a WebSocket. */
final class StreamUpgrader implements Http1Upgrader {
  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_SIZE = 16;

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
    String key = first(headers, KEY);
    boolean ours =
        prologue.method().equals(Method.GET)
            && prologue.uriPath().rawPath().equals(StreamAnswer.PATH)
            && first(headers, VERSION).equals("13")
            && isKey(key);
    if (!ours) {
      return null;
    }
    StringBuilder response =
        new StringBuilder(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
    response.append("Sec-WebSocket-Accept: ").append(accept(key)).append("\r\n");
    if (offers(headers).contains(StreamAnswer.SUBPROTOCOL)) {
      response.append("Sec-WebSocket-Protocol: " + StreamAnswer.SUBPROTOCOL + "\r\n");
    }
    byte[] content = response.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    connection.dataWriter().writeNow(BufferData.create(content));
    return new ReportStream(
        connection,
        admission,
        admission.sender(SenderAddress.of(connection.remotePeer())),
        clock,
        patience);
  }

  private static String first(WritableHeaders<?> headers, HeaderName name) {
    return headers.first(name).orElse("");
  }

  private static List<String> offers(WritableHeaders<?> headers) {
    return Optional.of(first(headers, PROTOCOL)).stream()
        .flatMap(offers -> List.of(offers.split(",", -1)).stream())
        .map(String::strip)
        .toList();
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_SIZE;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String accept(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] hash = digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}

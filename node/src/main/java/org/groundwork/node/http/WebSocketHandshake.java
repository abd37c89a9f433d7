package org.groundwork.node.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening of a WebSocket (RFC 6455, section 4.2). */
final class WebSocketHandshake {
  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_SIZE = 16;

  private WebSocketHandshake() {}

  /** Whether the headers ask for version 13 with a key. */
  static boolean isAsked(WritableHeaders<?> headers) {
    return first(headers, VERSION).equals("13") && isKey(first(headers, KEY));
  }

  /** The subprotocols that the client offers. */
  static List<String> offers(WritableHeaders<?> headers) {
    return Optional.of(first(headers, PROTOCOL)).stream()
        .flatMap(offers -> List.of(offers.split(",", -1)).stream())
        .map(String::strip)
        .toList();
  }

  /** Switches protocols; empty text for no subprotocol. */
  static void accept(ConnectionContext connection, WritableHeaders<?> headers, String subprotocol) {
    StringBuilder response =
        new StringBuilder(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
    response.append("Sec-WebSocket-Accept: ").append(accept(first(headers, KEY))).append("\r\n");
    if (!subprotocol.isEmpty()) {
      response.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
    }
    byte[] content = response.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    connection.dataWriter().writeNow(BufferData.create(content));
  }

  static String first(WritableHeaders<?> headers, HeaderName name) {
    return headers.first(name).orElse("");
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

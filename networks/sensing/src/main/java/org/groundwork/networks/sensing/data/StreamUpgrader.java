package org.groundwork.networks.sensing.data;

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
import java.time.InstantSource;
import java.util.Base64;
import org.groundwork.networks.sensing.wire.Product;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ReadingStream} of a connection that asks for a WebSocket (RFC 6455). */
final class StreamUpgrader implements Http1Upgrader {
  static final String PATH = "/v1/stream";
  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_SIZE = 16;

  private final Access access;
  private final Streams streams;
  private final InstantSource clock;

  StreamUpgrader(Access access, Streams streams, InstantSource clock) {
    this.access = access;
    this.streams = streams;
    this.clock = clock;
  }

  @Override
  public String supportedProtocol() {
    return "websocket";
  }

  /** Null if nothing can be made of it: the ordinary route then says why. */
  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    String key = headers.first(KEY).orElse("");
    boolean ours =
        prologue.method().equals(Method.GET)
            && prologue.uriPath().rawPath().equals(PATH)
            && headers.first(VERSION).orElse("").equals("13")
            && isKey(key);
    if (!ours) {
      return null;
    }
    Access.Grant grant;
    Streams.Listener listener;
    try {
      grant =
          access
              .grant(
                  headers.first(HeaderNames.AUTHORIZATION),
                  prologue.query().first("token").asOptional())
              .to(Product.STREAM);
      listener =
          streams.listen(
              grant.purchase(),
              grant.cells(prologue.query().first("cell").asOptional().orElse("")));
    } catch (DataException e) {
      return null;
    }
    String response =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    byte[] content = response.getBytes(StandardCharsets.US_ASCII);
    connection.dataWriter().writeNow(BufferData.create(content));
    return new ReadingStream(connection, streams, listener, grant.expires(), clock);
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

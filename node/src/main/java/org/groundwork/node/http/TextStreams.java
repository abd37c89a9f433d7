package org.groundwork.node.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * WebSockets on which texts go out to everybody who listens, and nothing comes in. Pages of other
 * sites may not listen; one address holds only so many. Safe for use by many threads.
 */
public final class TextStreams implements Http1Upgrader {
  private static final int MAX_STREAMS = 1000;
  private static final int MAX_OF_ADDRESS = 50;

  private final String path;
  private final Supplier<String> greeting;
  private final Set<TextStream> streams = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, AtomicInteger> addresses = new ConcurrentHashMap<>();

  /**
   * Streams at a path.
   *
   * @param greeting what everybody gets first
   */
  public TextStreams(String path, Supplier<String> greeting) {
    this.path = path;
    this.greeting = greeting;
  }

  /** Sends a text to everybody; who does not take it in time is cut off. */
  public void send(String text) {
    streams.forEach(stream -> stream.send(text));
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
            && prologue.uriPath().rawPath().equals(path)
            && isOwn(headers)
            && WebSocketHandshake.isAsked(headers);
    if (!ours || streams.size() >= MAX_STREAMS) {
      return null;
    }
    String address = SenderAddress.of(connection.remotePeer());
    AtomicInteger held = addresses.computeIfAbsent(address, _ -> new AtomicInteger());
    if (held.incrementAndGet() > MAX_OF_ADDRESS) {
      release(address, held);
      return null;
    }
    WebSocketHandshake.accept(connection, headers, "");
    TextStream stream =
        new TextStream(
            connection,
            ended -> {
              streams.remove(ended);
              release(address, held);
            });
    streams.add(stream);
    stream.send(greeting.get());
    return stream;
  }

  private void release(String address, AtomicInteger held) {
    if (held.decrementAndGet() <= 0) {
      addresses.remove(address, held);
    }
  }

  /** A browser says whose page asks; programs say nothing. */
  private static boolean isOwn(WritableHeaders<?> headers) {
    String origin = WebSocketHandshake.first(headers, HeaderNames.ORIGIN);
    if (origin.isEmpty()) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      return WebSocketHandshake.first(headers, HeaderNames.HOST).equals(authority);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

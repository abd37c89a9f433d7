package org.groundwork.node.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.jspecify.annotations.Nullable;

/** One WebSocket that only tells. */
final class TextStream implements ServerConnection {
  private static final int WAITING = 64;
  private static final int MAX_MESSAGE = 1024;
  private static final long PING_SECONDS = 20;

  private final ConnectionContext connection;
  private final Consumer<TextStream> ended;
  private final BlockingQueue<Bytes> waiting = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean open = true;
  private volatile @Nullable Thread reader;

  TextStream(ConnectionContext connection, Consumer<TextStream> ended) {
    this.connection = connection;
    this.ended = ended;
  }

  void send(String text) {
    CanonicalWriter out = new CanonicalWriter();
    WebSocketFrames.text(out, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    put(out.toBytes());
  }

  /** Who lets so much wait is not there any more, or too slow to be told. */
  private void put(Bytes frame) {
    if (!waiting.offer(frame)) {
      open = false;
    }
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    reader = Thread.currentThread();
    Thread writer = Thread.ofVirtual().name("live").start(this::write);
    try {
      read();
    } catch (IOException | UncheckedIOException | WebSocketFailure e) {
      // It is closed either way.
    } finally {
      open = false;
      ended.accept(this);
      writer.interrupt();
      writer.join();
    }
  }

  private void read() throws IOException, WebSocketFailure {
    WebSocketReader in =
        new WebSocketReader(new ConnectionInput(connection.dataReader()), MAX_MESSAGE);
    while (open) {
      switch (in.next()) {
        case WebSocketReader.Event.Ping(Bytes content) -> put(WebSocketFrames.pong(content));
        case WebSocketReader.Event.Message _ -> {
          // Nothing is asked for here.
        }
        case WebSocketReader.Event.Close() -> {
          put(WebSocketFrames.close(WebSocketFailure.NORMAL, ""));
          return;
        }
      }
    }
  }

  private void write() {
    try {
      while (open || !waiting.isEmpty()) {
        Bytes next = waiting.poll(PING_SECONDS, TimeUnit.SECONDS);
        Bytes frame = next == null ? WebSocketFrames.ping() : next;
        connection.dataWriter().writeNow(BufferData.create(frame.unsafeArray()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      close(true);
    }
  }

  /** Pings find out who is gone. */
  @Override
  public Duration idleTime() {
    return open ? Duration.ZERO : NodeServer.TOO_IDLE;
  }

  @Override
  public void close(boolean interrupt) {
    open = false;
    Thread running = reader;
    if (running != null) {
      running.interrupt();
    }
  }
}

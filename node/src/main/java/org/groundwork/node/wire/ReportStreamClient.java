package org.groundwork.node.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A stream of reports to a gateway. Many messages may be under way; their answers come in order.
 * When the connection breaks, all that were not answered fail: whether they were kept is unknown,
 * and the same reports may be sent again. Safe for use by many threads.
 */
public final class ReportStreamClient implements AutoCloseable {
  private final Duration patience;
  private final WebSocket socket;
  private final Incoming incoming;

  private ReportStreamClient(Duration patience, WebSocket socket, Incoming incoming) {
    this.patience = patience;
    this.socket = socket;
    this.incoming = incoming;
  }

  /**
   * Opens a stream.
   *
   * @param gateway the gateway's address
   * @param patience how long opening and each sending may take
   * @throws IOException if there is no stream at that address
   */
  public static ReportStreamClient open(HttpClient http, URI gateway, Duration patience)
      throws IOException {
    String scheme = gateway.getScheme().equals("https") ? "wss" : "ws";
    URI target = gateway.resolve(StreamAnswer.PATH);
    URI uri = URI.create(scheme + target.toString().substring(target.getScheme().length()));
    Incoming incoming = new Incoming();
    CompletableFuture<WebSocket> opened =
        http.newWebSocketBuilder()
            .subprotocols(StreamAnswer.SUBPROTOCOL)
            .connectTimeout(patience)
            .buildAsync(uri, incoming);
    return new ReportStreamClient(patience, await(opened, patience, gateway), incoming);
  }

  /**
   * Sends encoded reports; waits until they are handed to the network.
   *
   * @return the message of answers, as {@link StreamAnswer#decode} reads it; what depends on it
   *     runs on the thread that reads, and must not hold it up
   * @throws IOException if the stream is broken
   */
  public synchronized CompletableFuture<Bytes> send(Bytes reports) throws IOException {
    CompletableFuture<Bytes> answer = incoming.expect();
    await(socket.sendBinary(ByteBuffer.wrap(reports.unsafeArray()), true), patience, "the gateway");
    return answer;
  }

  /** Whether answers can still come. */
  public boolean isOpen() {
    return incoming.isOpen();
  }

  /** Breaks the connection. */
  @Override
  public void close() {
    socket.abort();
    incoming.fail(new IOException("the stream was closed"));
  }

  private static <T> T await(CompletableFuture<T> result, Duration patience, Object whom)
      throws IOException {
    try {
      return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + whom + " was sent to");
    } catch (ExecutionException e) {
      throw new IOException("no stream to " + whom + ": " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(whom + " takes nothing within " + patience, e);
    }
  }

  /** Puts answers together and hands them out in order. */
  private static final class Incoming implements WebSocket.Listener {
    private final Deque<CompletableFuture<Bytes>> expected = new ArrayDeque<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable IOException failure;

    synchronized CompletableFuture<Bytes> expect() throws IOException {
      if (failure != null) {
        throw new IOException("the stream is broken: " + failure.getMessage(), failure);
      }
      CompletableFuture<Bytes> answer = new CompletableFuture<>();
      expected.add(answer);
      return answer;
    }

    synchronized boolean isOpen() {
      return failure == null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      byte[] content = new byte[part.remaining()];
      part.get(content);
      message.writeBytes(content);
      if (last) {
        CompletableFuture<Bytes> answer;
        synchronized (this) {
          answer = expected.poll();
        }
        if (answer != null) {
          answer.complete(Bytes.wrap(message.toByteArray()));
        }
        message.reset();
      }
      if (message.size() > StreamAnswer.MAX_MESSAGE) {
        fail(new IOException("an answer of more than " + StreamAnswer.MAX_MESSAGE + " bytes"));
        socket.abort();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      fail(new IOException("the gateway closed the stream: " + code + " " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      fail(new IOException("the stream broke: " + error, error));
    }

    void fail(IOException cause) {
      Deque<CompletableFuture<Bytes>> failed;
      synchronized (this) {
        if (failure == null) {
          failure = cause;
        }
        failed = new ArrayDeque<>(expected);
        expected.clear();
      }
      failed.forEach(answer -> answer.completeExceptionally(cause));
    }
  }
}

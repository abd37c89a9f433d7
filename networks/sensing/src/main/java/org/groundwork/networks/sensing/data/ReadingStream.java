package org.groundwork.networks.sensing.data;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.agent.http.TimedSockets;
import org.groundwork.protocol.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket on which a customer hears fresh readings, one JSON object in each text message. The
 * connection's own thread reads what the customer sends; another writes.
 */
final class ReadingStream implements ServerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingStream.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long TICK_SECONDS = 1;

  private final ConnectionContext connection;
  private final Streams streams;
  private final Streams.Listener listener;
  private final long expires;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean open = true;
  private volatile @Nullable Thread reader;

  /**
   * A stream on a connection that was upgraded.
   *
   * @param expires Unix second at which it ends
   */
  ReadingStream(
      ConnectionContext connection,
      Streams streams,
      Streams.Listener listener,
      long expires,
      InstantSource clock) {
    this.connection = connection;
    this.streams = streams;
    this.listener = listener;
    this.expires = expires;
    this.clock = clock;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    reader = Thread.currentThread();
    Thread writer = Thread.ofVirtual().name("readings").start(this::write);
    try {
      read();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("A listener is gone: {}", e.toString());
    } catch (Frames.Refused e) {
      send(Frames.close(e.code()));
    } finally {
      open = false;
      streams.leave(listener);
      // To be interrupted is how the reader was woken.
      boolean _ = Thread.interrupted();
      if (!writer.join(PATIENCE)) {
        writer.interrupt();
      }
    }
  }

  private void read() throws IOException, Frames.Refused {
    while (open) {
      Frames.Control control = Frames.read(this::octet);
      if (control.opcode() == Frames.PING) {
        send(Frames.pong(control.content()));
      } else if (control.opcode() == Frames.CLOSE) {
        send(Frames.close(Frames.NORMAL));
        return;
      }
    }
  }

  private void write() {
    try {
      while (open) {
        Optional<String> next = listener.next(TICK_SECONDS);
        if (next.isPresent()) {
          send(Frames.text(next.get()));
        }
        if (listener.isOverrun() || clock.instant().getEpochSecond() >= expires) {
          send(Frames.close(Frames.POLICY));
          open = false;
          wakeReader();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("A listener does not listen: {}", e.toString());
    } finally {
      open = false;
    }
  }

  private void send(Bytes frame) {
    writing.lock();
    try {
      connection.dataWriter().writeNow(BufferData.create(frame.toArray()));
    } finally {
      writing.unlock();
    }
  }

  /** Never: who only listens has nothing to send. */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    open = false;
    wakeReader();
  }

  /** Where it waits for the peer; this closes the connection. */
  private void wakeReader() {
    Thread waiting = reader;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  private int octet() {
    DataReader in = connection.dataReader();
    while (true) {
      try {
        in.ensureAvailable();
        return in.read() & 0xFF;
      } catch (DataReader.InsufficientDataAvailableException e) {
        return -1;
      } catch (ServerConnectionException e) {
        if (!TimedSockets.isTimeout(e)) {
          throw e;
        }
      }
    }
  }
}

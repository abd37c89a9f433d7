package org.groundwork.node.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.gateway.Sender;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Report;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket on which reports come and answers go, both in order. The connection's own thread
 * reads; another writes what is answered. While as many reports as {@link #WINDOW} are not
 * answered, or their answers not taken, nothing more is read, so that the peer is held up by TCP;
 * if that lasts, it is cut off.
 */
final class ReportStream implements ServerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ReportStream.class);

  /** The most reports of one connection that are under way. */
  static final int WINDOW = 2048;

  /** The longest without a whole frame or an answer taken. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(60);

  /** Bytes of answers that are written at once. */
  private static final int WRITE_BYTES = 64 << 10;

  private final ConnectionContext connection;
  private final Admission admission;
  private final Sender sender;
  private final InstantSource clock;
  private final Duration patience;

  /** Cannot be asked any more when the connection is closed. */
  private final String host;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Deque<Pending> pending = new ArrayDeque<>();
  private int underWay;
  private Bytes pong = Bytes.EMPTY;
  private boolean reading = true;
  private boolean writing = true;
  private Bytes close = WebSocketFrames.close(WebSocketFailure.NORMAL, "");

  private volatile @Nullable Thread reader;

  /** When a frame had come, or answers had been taken, the last time. */
  private volatile long progress;

  /** A message whose answers are to be written after those of the ones before it. */
  private static final class Pending {
    final int reports;
    @Nullable List<Answer> answers;

    Pending(int reports) {
      this.reports = reports;
    }
  }

  /**
   * A stream on a connection that was upgraded.
   *
   * @param patience how long the peer may let answers wait
   */
  ReportStream(
      ConnectionContext connection,
      Admission admission,
      Sender sender,
      InstantSource clock,
      Duration patience) {
    this.connection = connection;
    this.admission = admission;
    this.sender = sender;
    this.clock = clock;
    this.patience = patience;
    progress = clock.millis();
    host = connection.remotePeer().host();
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    reader = Thread.currentThread();
    if (!sender.openStream()) {
      byte[] refusal = WebSocketFrames.close(WebSocketFailure.TRY_LATER, "").unsafeArray();
      connection.dataWriter().writeNow(BufferData.create(refusal));
      return;
    }
    try {
      serve();
    } finally {
      sender.closeStream();
    }
  }

  private void serve() throws InterruptedException {
    Thread writer = Thread.ofVirtual().name("answers").start(this::write);
    try {
      read();
    } catch (WebSocketFailure e) {
      closeWith(e.code(), String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{}: {}", host, e.toString());
    } finally {
      endReading();
      if (!writer.join(patience)) {
        LOG.debug("{} does not take its answers", host);
        // Wakes it where it writes, which closes the connection.
        writer.interrupt();
      }
    }
  }

  private void read() throws IOException, WebSocketFailure, InterruptedException {
    WebSocketReader in =
        new WebSocketReader(new ConnectionInput(connection.dataReader()), StreamAnswer.MAX_MESSAGE);
    while (true) {
      WebSocketReader.Event event = in.next();
      progress = clock.millis();
      switch (event) {
        case WebSocketReader.Event.Message(Bytes content) -> admit(content);
        case WebSocketReader.Event.Ping(Bytes content) -> pong(content);
        case WebSocketReader.Event.Close() -> {
          return;
        }
      }
    }
  }

  private void admit(Bytes content) throws WebSocketFailure, InterruptedException {
    List<Report> reports;
    try {
      reports = ReportBatch.decode(content);
    } catch (ReportBatch.Unreadable e) {
      Refusal refusal = e.refusal();
      int code =
          refusal == Refusal.TOO_LARGE ? WebSocketFailure.TOO_BIG : WebSocketFailure.UNREADABLE;
      throw new WebSocketFailure(code, refusal.code() + " " + e.getMessage());
    }
    Pending next = enqueue(reports.size());
    admission.admit(sender, reports, answers -> answered(next, answers));
  }

  private Pending enqueue(int reports) throws WebSocketFailure, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (underWay > 0 && underWay + reports > WINDOW && writing) {
        if (left <= 0) {
          throw new WebSocketFailure(WebSocketFailure.POLICY, "answers are not taken");
        }
        left = changed.awaitNanos(left);
      }
      Pending next = new Pending(reports);
      underWay += reports;
      pending.add(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void answered(Pending message, List<Answer> answers) {
    lock.lock();
    try {
      message.answers = answers;
      if (pending.peekFirst() == message) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Only the newest one is answered, as RFC 6455 allows. */
  private void pong(Bytes content) {
    lock.lock();
    try {
      pong = WebSocketFrames.pong(content);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void closeWith(int code, String reason) {
    lock.lock();
    try {
      close = WebSocketFrames.close(code, reason);
    } finally {
      lock.unlock();
    }
  }

  private void endReading() {
    lock.lock();
    try {
      reading = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes until all that was read is answered and nothing more is read. */
  private void write() {
    try {
      boolean more = true;
      while (more) {
        CanonicalWriter out = new CanonicalWriter(WRITE_BYTES);
        more = gather(out);
        Bytes content = out.toBytes();
        connection.dataWriter().writeNow(BufferData.create(content.unsafeArray()));
        progress = clock.millis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("{} cannot be answered: {}", host, e.toString());
    } finally {
      endWriting();
    }
  }

  private void endWriting() {
    lock.lock();
    try {
      writing = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to write; false if it is the last. */
  private boolean gather(CanonicalWriter out) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        boolean any = !pong.isEmpty();
        out.raw(pong);
        pong = Bytes.EMPTY;
        int written = 0;
        for (Pending first = pending.peekFirst();
            first != null && first.answers != null && written < WRITE_BYTES;
            first = pending.peekFirst()) {
          Bytes message = encode(first.answers);
          WebSocketFrames.message(out, message);
          written += message.size();
          pending.removeFirst();
          underWay -= first.reports;
        }
        if (written > 0) {
          changed.signalAll();
        }
        if (pending.isEmpty() && !reading) {
          out.raw(close);
          return false;
        }
        if (any || written > 0) {
          return true;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static Bytes encode(List<Answer> answers) {
    CanonicalWriter out = new CanonicalWriter(answers.size() * 600);
    for (Answer answer : answers) {
      switch (answer) {
        case Answer.Promised promised -> StreamAnswer.write(out, promised.promise());
        case Answer.Refused(Refusal refusal) ->
            StreamAnswer.write(
                out, refusal.code(), refusal.retryAfter().orElse(Duration.ZERO).toMillis());
      }
    }
    return out.toBytes();
  }

  /** Asked by the server from time to time, which closes what is idle for too long. */
  @Override
  public Duration idleTime() {
    boolean stalled = clock.millis() - progress > MAX_IDLE.toMillis();
    return stalled ? NodeServer.TOO_IDLE : Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    Thread running = reader;
    if (running != null) {
      running.interrupt();
    }
  }
}

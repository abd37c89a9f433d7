package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the pieces of draining disks to others, one by one: each is written, compared with its
 * commitment and forced to its new disk before the old copy goes.
 */
final class Drain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PieceStore store;
  private final long bytesPerSecond;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong moved = new AtomicLong();
  private final Thread thread;

  Drain(PieceStore store, long bytesPerSecond) {
    this.store = store;
    this.bytesPerSecond = bytesPerSecond;
    thread = Thread.ofPlatform().name("drain").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Pieces moved since the start. */
  long moved() {
    return moved.get();
  }

  @Override
  public void close() {
    closing.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.debug("Draining ends");
    }
  }

  /** Moves what is on draining disks until none is left, or no disk has room. */
  void step() throws InterruptedException {
    for (Disk disk : store.disks()) {
      if (disk.isDraining() && disk.condition() != Disk.Condition.GONE) {
        empty(disk);
      }
    }
  }

  private void empty(Disk disk) throws InterruptedException {
    for (PieceCommitment piece : store.on(disk)) {
      try {
        store.receive(piece, () -> new Content(store.open(piece), piece.rawSize()));
        moved.incrementAndGet();
      } catch (PieceStore.Full e) {
        LOG.warn("Disk {} cannot be drained further: {}", disk, e.getMessage());
        return;
      } catch (PieceStore.WrongContent e) {
        store.markDamaged(piece, "its bytes are others: " + e.getMessage());
      } catch (IOException e) {
        store.markDamaged(piece, "it cannot be moved: " + e);
      }
      long nanos =
          Math.multiplyHigh(piece.rawSize(), 1_000_000_000L) > 0
              ? Duration.ofMinutes(1).toNanos()
              : piece.rawSize() * 1_000_000_000L / bytesPerSecond;
      if (closing.await(nanos, TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }

  /** The bytes of a piece, one after the other. */
  static final class Content extends InputStream {
    private final OpenPiece piece;
    private final long size;
    private long at;

    Content(OpenPiece piece, long size) {
      this.piece = piece;
      this.size = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (at == size) {
        close();
        return -1;
      }
      int part = (int) Math.min(length, size - at);
      piece.read(at, ByteBuffer.wrap(into, offset, part));
      at += part;
      return part;
    }

    @Override
    public void close() throws IOException {
      piece.close();
    }
  }
}

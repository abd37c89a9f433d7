package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every piece from time to time, slowly, and compares it with its commitment: so that damage
 * is known before a customer or a challenge finds it. A damaged tree is made again.
 */
final class Scrubber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
  private static final int BUFFER = 1 << 20;

  private final PieceStore store;
  private final long bytesPerSecond;
  private final Duration every;
  private final AtomicLong scrubbed = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().daemon().name("scrubber").unstarted(this::run);

  Scrubber(PieceStore store, long bytesPerSecond, Duration every) {
    this.store = store;
    this.bytesPerSecond = bytesPerSecond;
    this.every = every;
  }

  void start() {
    thread.start();
  }

  /** Pieces that were read whole since the start. */
  long scrubbed() {
    return scrubbed.get();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        for (PieceCommitment piece : store.pieces()) {
          if (store.holds(piece)) {
            scrub(piece);
          }
        }
        pause(every);
      }
    } catch (InterruptedException e) {
      LOG.debug("The scrubber ends");
    }
  }

  /** Compares one piece with its commitment. */
  void scrub(PieceCommitment piece) throws InterruptedException {
    try (OpenPiece open = store.open(piece)) {
      PieceWithTree made = read(piece, open);
      if (!made.commitment().equals(piece)) {
        damaged(piece, "its bytes are those of " + made.commitment());
      } else {
        if (!isTree(open, made)) {
          store.replaceTree(made);
          LOG.warn("The tree of piece {} was damaged; it was made again", piece);
        }
        store.markIntact(piece);
      }
    } catch (IOException e) {
      damaged(piece, "it cannot be read: " + e);
    }
    scrubbed.incrementAndGet();
  }

  /** A piece that was deleted meanwhile is not damaged. */
  private void damaged(PieceCommitment piece, String how) {
    if (store.holds(piece)) {
      store.markDamaged(piece, how);
    }
  }

  private PieceWithTree read(PieceCommitment piece, OpenPiece open)
      throws IOException, InterruptedException {
    CommP commP = new CommP(CommP.Keep.TREE);
    for (long at = 0; at < piece.rawSize(); at += BUFFER) {
      byte[] part = new byte[(int) Math.min(BUFFER, piece.rawSize() - at)];
      open.read(at, ByteBuffer.wrap(part));
      commP.update(part, 0, part.length);
      pause(Duration.ofNanos(part.length * 1_000_000_000L / bytesPerSecond));
    }
    return commP.finishTree();
  }

  private static boolean isTree(OpenPiece open, PieceWithTree made) throws IOException {
    if (open.treeSize() != made.nodes().size()) {
      return false;
    }
    byte[] stored = new byte[made.nodes().size()];
    open.readTree(ByteBuffer.wrap(stored));
    return Arrays.equals(stored, made.nodes().unsafeArray());
  }

  private static void pause(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}

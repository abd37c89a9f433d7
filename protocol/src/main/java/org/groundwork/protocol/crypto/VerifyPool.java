package org.groundwork.protocol.crypto;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies batches on a fixed number of platform threads. What waits for a thread is bounded: when
 * there is no room, callers wait, in the order in which they came. Callers may be virtual threads.
 */
public final class VerifyPool implements AutoCloseable {
  /** Signatures that one thread takes at a time: about half a millisecond of Ed25519. */
  public static final int PIECE = 16;

  /** Pieces that may wait or run, for each thread: some 40 milliseconds of Ed25519. */
  static final int PIECES_PER_THREAD = 64;

  private final SignatureVerifier verifier;
  private final Executor threads;
  private final Runnable closing;
  private final Semaphore room;

  public VerifyPool(SignatureVerifier verifier, int threads) {
    this.verifier = verifier;
    this.room = new Semaphore(threads * PIECES_PER_THREAD, true);
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("verify-", 0).daemon().factory());
    this.threads = pool;
    this.closing = pool::close;
  }

  private VerifyPool(SignatureVerifier verifier) {
    this.verifier = verifier;
    this.room = new Semaphore(PIECES_PER_THREAD, true);
    this.threads = Runnable::run;
    this.closing = () -> {};
  }

  /** A pool without threads, for hosts that have one only: callers verify themselves. */
  public static VerifyPool inCaller(SignatureVerifier verifier) {
    return new VerifyPool(verifier);
  }

  /**
   * Verifies all of a batch and says which signatures are good, by their places in it.
   *
   * @throws IllegalStateException if the pool is closed
   */
  public BitSet verify(List<SignedMessage> batch) throws InterruptedException {
    List<SignedMessage> signed = List.copyOf(batch);
    List<Piece> pieces = new ArrayList<>(signed.size() / PIECE + 1);
    for (int from = 0; from < signed.size(); from += PIECE) {
      Piece piece = new Piece(signed, from, Math.min(from + PIECE, signed.size()));
      start(piece);
      pieces.add(piece);
    }
    BitSet good = new BitSet(signed.size());
    for (Piece piece : pieces) {
      good.or(piece.await());
    }
    return good;
  }

  /**
   * Runs work of about {@link #PIECE} signatures on one of the threads, in turn with the batches.
   * Waits for room, not for the work.
   *
   * @param work must not throw
   * @throws IllegalStateException if the pool is closed
   */
  public void execute(Consumer<SignatureVerifier> work) throws InterruptedException {
    start(() -> {
      try {
        work.accept(verifier);
      } finally {
        room.release();
      }
    });
  }

  private void start(Runnable piece) throws InterruptedException {
    room.acquire();
    try {
      threads.execute(piece);
    } catch (RejectedExecutionException e) {
      room.release();
      throw new IllegalStateException("the pool is closed", e);
    }
  }

  /** How many callers wait for room. */
  public int waitingCallers() {
    return room.getQueueLength();
  }

  /** Takes no more batches, and waits until those it has are done. */
  @Override
  public void close() {
    closing.run();
  }

  private final class Piece implements Runnable {
    private final List<SignedMessage> signed;
    private final int from;
    private final int to;
    private final BitSet good = new BitSet();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    Piece(List<SignedMessage> signed, int from, int to) {
      this.signed = signed;
      this.from = from;
      this.to = to;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // a bug in a verifier must reach the caller who waits
    public void run() {
      try {
        for (int i = from; i < to; i++) {
          SignedMessage next = signed.get(i);
          good.set(i, verifier.verify(next.key(), next.message().unsafeArray(), next.signature()));
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        room.release();
        done.countDown();
      }
    }

    BitSet await() throws InterruptedException {
      done.await();
      if (failure != null) {
        throw new IllegalStateException("a verifier failed", failure);
      }
      return good;
    }
  }
}

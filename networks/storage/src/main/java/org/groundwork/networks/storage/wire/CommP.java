package org.groundwork.networks.storage.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.groundwork.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Computes the commitment of a piece, and if wanted its tree, from the data in order.
 *
 * <p>The data is cut into blocks of about a megabyte, which are subtrees and so independent: each
 * is a task for the executor. The calling thread does a task itself when it would otherwise wait
 * for one that nobody has begun; so an executor that is busy, or is the one the caller runs on,
 * makes it slower but never stuck. For one thread at a time.
 *
 * <p>Memory: two blocks for each thread, or one on the calling thread alone; with the tree also
 * 3.2% of the data, twice that at the end.
 */
public final class CommP {
  /** What is wanted of the tree. */
  public enum Keep {
    ROOT,
    TREE
  }

  /**
   * A block that is being hashed.
   *
   * @param buffer to be used again once it is
   */
  private record Pending(FutureTask<Block.Nodes> task, Optional<byte[]> buffer) {}

  private static final int BLOCKS_PER_THREAD = 2;

  private final Keep keep;
  private final Executor executor;
  private final int maxPending;
  private final boolean stays;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private final Queue<byte[]> free = new ArrayDeque<>();
  private final List<Block.Nodes> hashed = new ArrayList<>();
  private byte @Nullable [] buffer;
  private int filled;
  private long rawSize;
  private boolean finished;

  /** Computes everything on the calling thread. */
  public CommP(Keep keep) {
    this(keep, Runnable::run, 0, true);
  }

  /**
   * @param executor where blocks are hashed, best on as many platform threads as there are cores
   * @param parallelism how many threads it has
   */
  public CommP(Keep keep, Executor executor, int parallelism) {
    this(keep, executor, pending(parallelism), false);
  }

  /**
   * @param stays whether arrays stay as they are until their blocks are hashed, and need not be
   *     copied
   */
  private CommP(Keep keep, Executor executor, int maxPending, boolean stays) {
    this.keep = keep;
    this.executor = executor;
    this.maxPending = maxPending;
    this.stays = stays;
  }

  private static int pending(int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is at least 1, not " + parallelism);
    }
    return BLOCKS_PER_THREAD * parallelism;
  }

  /** The commitment of data that is in memory, computed on the calling thread. */
  public static PieceCommitment of(byte[] data) {
    return new CommP(Keep.ROOT).update(data, 0, data.length).finish();
  }

  /** The same, where it is best computed; see {@link #CommP(Keep, Executor, int)}. */
  public static PieceCommitment of(byte[] data, Executor executor, int parallelism) {
    return new CommP(Keep.ROOT, executor, pending(parallelism), true)
        .update(data, 0, data.length)
        .finish();
  }

  public CommP update(byte[] data, int offset, int length) {
    return update(ByteBuffer.wrap(data, offset, length));
  }

  /** Takes all that remains in the buffer. */
  public CommP update(ByteBuffer data) {
    checkOpen();
    rawSize += data.remaining();
    while (data.hasRemaining()) {
      if (filled == 0 && stays && data.hasArray() && data.remaining() >= Block.RAW_BYTES) {
        hash(Block.full(data.array(), data.arrayOffset() + data.position()), Optional.empty());
        data.position(data.position() + Block.RAW_BYTES);
      } else {
        fill(data);
      }
    }
    return this;
  }

  private void fill(ByteBuffer data) {
    byte[] into = buffer == null ? nextBuffer() : buffer;
    int length = Math.min(data.remaining(), into.length - filled);
    data.get(into, filled, length);
    filled += length;
    buffer = into;
    if (filled == into.length) {
      buffer = null;
      filled = 0;
      hash(Block.full(into, 0), Optional.of(into));
    }
  }

  /** Ends the data. */
  public PieceCommitment finish() {
    return finishWithTree().commitment();
  }

  /**
   * Ends the data.
   *
   * @throws IllegalStateException if only the root was to be kept
   */
  public PieceWithTree finishTree() {
    if (keep != Keep.TREE) {
      throw new IllegalStateException("the tree was not kept");
    }
    return finishWithTree();
  }

  private PieceWithTree finishWithTree() {
    checkOpen();
    finished = true;
    int height = PieceCommitment.heightFor(rawSize);
    if (filled > 0 || rawSize == 0) {
      byte[] last = buffer == null ? nextBuffer() : buffer;
      hash(Block.last(last, filled, height), Optional.empty());
    }
    while (!pending.isEmpty()) {
      collectOldest();
    }
    NodeLevels levels = keptLevels(height);
    byte[] tree = new byte[Math.toIntExact(levels.bytes())];
    int known = Math.min(Block.LEVEL, height);
    joinBlocks(levels, known, tree);
    NodeHash hash = new NodeHash();
    for (int level = known; level < height; level++) {
      levels.hashUp(tree, level, hash);
    }
    PieceCommitment commitment =
        new PieceCommitment(
            rawSize, height, NodeLevels.nodeAt(tree, tree.length - NodeHash.NODE_BYTES));
    return new PieceWithTree(commitment, Bytes.wrap(tree));
  }

  private NodeLevels keptLevels(int height) {
    return switch (keep) {
      case TREE -> PieceTree.levels(rawSize, height);
      case ROOT -> new NodeLevels(Math.min(Block.LEVEL, height), height, hashed.size());
    };
  }

  /** Puts the blocks' nodes side by side on each level up to {@code known}. */
  private void joinBlocks(NodeLevels levels, int known, byte[] tree) {
    for (int level = levels.first(); level <= known; level++) {
      int at = (int) levels.start(level);
      for (Block.Nodes block : hashed) {
        at = block.copyLevel(level, tree, at);
      }
    }
  }

  private void hash(Block block, Optional<byte[]> own) {
    FutureTask<Block.Nodes> task = new FutureTask<>(() -> block.hash(keep));
    pending.add(new Pending(task, own));
    executor.execute(task);
    while (pending.size() > maxPending) {
      collectOldest();
    }
  }

  private void collectOldest() {
    Pending oldest = pending.remove();
    oldest.task.run(); // does nothing if another thread has begun it
    hashed.add(resultOf(oldest.task));
    oldest.buffer.ifPresent(free::add);
  }

  private byte[] nextBuffer() {
    byte[] used = free.poll();
    return used == null ? new byte[Block.RAW_BYTES] : used;
  }

  private void checkOpen() {
    if (finished) {
      throw new IllegalStateException("the piece is finished");
    }
  }

  /** Hashing a block takes milliseconds: an interrupt waits for it and is kept. */
  private static Block.Nodes resultOf(FutureTask<Block.Nodes> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("hashing a block failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package org.groundwork.networks.storage.bench;

import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.groundwork.networks.storage.wire.CommP;

/**
 * Piece commitments over all cores, beside what SHA-256 alone would allow.
 *
 * <p>A tree over P padded bytes has P / 32 leaves and one node fewer, and each node is a SHA-256 of
 * 64 bytes. So the limit is measured as digests of 64-byte blocks on as many threads; every digest
 * stands for 32 padded bytes, that is 32 * 127 / 128 = 31.75 raw bytes.
 */
public final class CommPBench {
  private static final double RAW_BYTES_PER_NODE = 32.0 * 127 / 128;
  private static final int NODE_INPUT = 64;
  private static final int PIECE_BYTES = 64 * 1_040_384;
  private static final int SEED = 1;

  private CommPBench() {}

  /** Takes some seconds. The unit is raw bytes per second. */
  public static BenchResult run() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    byte[] piece = new byte[PIECE_BYTES];
    new Random(SEED).nextBytes(piece);
    int nodes = (int) (PIECE_BYTES / RAW_BYTES_PER_NODE / cores);
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      return Duel.run(
          () -> commit(piece, threads, cores),
          () -> Duel.onAll(threads, cores, () -> digest(piece, nodes)),
          "raw bytes/s");
    }
  }

  private static double commit(byte[] piece, ExecutorService threads, int cores) {
    CommP commP = new CommP(CommP.Keep.TREE, threads, cores);
    return commP.update(piece, 0, piece.length).finishTree().commitment().rawSize();
  }

  /** Answers the raw bytes that so many nodes stand for. */
  private static double digest(byte[] piece, int nodes) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256", "SUN");
    byte[] blocks = new byte[1 << 12];
    System.arraycopy(piece, 0, blocks, 0, blocks.length);
    for (int node = 0; node < nodes; node++) {
      int at = node * NODE_INPUT % blocks.length;
      sha256.update(blocks, at, NODE_INPUT);
      sha256.digest(blocks, at, 32);
    }
    return nodes * RAW_BYTES_PER_NODE;
  }
}

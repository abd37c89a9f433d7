package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.groundwork.cli.Json;
import org.groundwork.engine.EpochResult;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.protocol.crypto.Sha256;

/**
 * The money root over many leaves, from leaves to root. The limit is Keccak alone: as many
 * one-block hashes as the tree has, three for a leaf, on all cores, of bytes that lie ready.
 */
public final class MerkleBench {
  private static final int ROUNDS = 5;
  private static final int HASHES_PER_LEAF = 3;

  private MerkleBench() {}

  public static ObjectNode run(int leaves) {
    List<MoneyLeaf> all = leaves(leaves);
    double[] seconds = new double[ROUNDS];
    double[] limits = new double[ROUNDS];
    Hash root = Hash.ZERO;
    for (int round = -2; round < ROUNDS; round++) {
      Meter bare = new Meter();
      hashAlone(HASHES_PER_LEAF * (long) leaves);
      bare.stop();
      Meter tree = new Meter();
      root = EpochResult.moneyRoot(all);
      tree.stop();
      if (round >= 0) { // those before warm up
        seconds[round] = tree.seconds();
        limits[round] = bare.seconds();
      }
    }
    double rate = leaves / median(seconds);
    double limit = leaves / median(limits);
    return Json.object()
        .put("rate", rate)
        .put("limit", limit)
        .put("ratio", rate / limit)
        .put("unit", "leaves/s")
        .put("leaves", leaves)
        .put("seconds", median(seconds))
        .put("root", root.toHex());
  }

  /** The same leaves as those of the committed roots that npm's merkle-tree made. */
  static List<MoneyLeaf> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new MoneyLeaf(
                MoneyKind.PAYMENT,
                new NetworkId(1),
                Sha256.hash(("leaf " + i).getBytes(StandardCharsets.US_ASCII)),
                BigInteger.valueOf(i)))
        .toList();
  }

  private static void hashAlone(long hashes) {
    int cores = Runtime.getRuntime().availableProcessors();
    IntStream.range(0, cores)
        .parallel()
        .forEach(_ -> {
          byte[] nodes = new byte[3 * Hash.SIZE];
          Keccak256.Pairs keccak = new Keccak256.Pairs();
          for (long i = 0; i < hashes / cores; i++) {
            keccak.hash(nodes, 0, Hash.SIZE, 2 * Hash.SIZE);
          }
        });
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

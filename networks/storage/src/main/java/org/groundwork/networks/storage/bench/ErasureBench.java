package org.groundwork.networks.storage.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.groundwork.networks.storage.erasure.ErasureCode;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.networks.storage.erasure.IsaL;
import org.groundwork.networks.storage.erasure.IsaLErasureCode;
import org.groundwork.networks.storage.erasure.Shape;

/**
 * Erasure coding of 10 + 4 shards over all cores, beside ISA-L alone: the same library called on
 * tables and pointers made beforehand.
 */
public final class ErasureBench {
  private static final Shape SHAPE = new Shape(10, 14);
  private static final int SHARD_BYTES = 64 << 10;
  private static final int STRIPES = 1_000;

  private ErasureBench() {}

  /**
   * Takes some seconds. The unit is bytes of data per second.
   *
   * @throws IllegalStateException if ISA-L is not installed: there is nothing to compare with
   */
  public static BenchResult run() throws Exception {
    IsaLErasureCode isaL =
        ErasureCodes.isaL()
            .orElseThrow(
                () -> new IllegalStateException("ISA-L is not installed (package libisal2)"));
    return run(isaL, isaL.library());
  }

  static BenchResult run(ErasureCode code, IsaL library) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      return Duel.run(
          () -> Duel.onAll(threads, cores, () -> encode(code)),
          () -> Duel.onAll(threads, cores, () -> encodeAlone(library)),
          "data bytes/s");
    }
  }

  private static double encode(ErasureCode code) {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> data = shards(arena, SHAPE.data());
      List<MemorySegment> parity = shards(arena, SHAPE.parity());
      for (int stripe = 0; stripe < STRIPES; stripe++) {
        code.encode(SHAPE, data, parity);
      }
      return dataBytes();
    }
  }

  private static double encodeAlone(IsaL library) {
    int k = SHAPE.data();
    int rows = SHAPE.parity();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment matrix = arena.allocate((long) k * SHAPE.total());
      library.cauchyMatrix(matrix, SHAPE.total(), k);
      MemorySegment tables = arena.allocate((long) IsaL.TABLE_BYTES * k * rows, 64);
      library.initTables(k, rows, matrix.asSlice((long) k * k), tables);
      MemorySegment data = pointers(arena, shards(arena, k));
      MemorySegment parity = pointers(arena, shards(arena, rows));
      for (int stripe = 0; stripe < STRIPES; stripe++) {
        library.encodeData(SHARD_BYTES, k, rows, tables, data, parity);
      }
      return dataBytes();
    }
  }

  private static double dataBytes() {
    return (double) STRIPES * SHAPE.data() * SHARD_BYTES;
  }

  private static List<MemorySegment> shards(Arena arena, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> arena.allocate(SHARD_BYTES, ErasureCode.ALIGNMENT).fill((byte) (i + 1)))
        .toList();
  }

  private static MemorySegment pointers(Arena arena, List<MemorySegment> shards) {
    MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, shards.size());
    for (int i = 0; i < shards.size(); i++) {
      pointers.setAtIndex(ValueLayout.ADDRESS, i, shards.get(i));
    }
    return pointers;
  }
}

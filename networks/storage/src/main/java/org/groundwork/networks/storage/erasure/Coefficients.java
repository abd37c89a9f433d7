package org.groundwork.networks.storage.erasure;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How outputs are made from inputs: one row for each output, one column for each input. Prepared
 * once, they serve any number of stripes.
 */
public final class Coefficients {
  private final Matrix matrix;

  private Coefficients(Matrix matrix) {
    this.matrix = matrix;
  }

  /** Parity from data. */
  public static Coefficients ofParity(Shape shape) {
    return new Coefficients(Matrix.cauchy(shape).rows(shape.data(), shape.total()));
  }

  /**
   * Wanted shards from others.
   *
   * @param present numbers of exactly k different shards, in the order of the inputs
   * @param wanted numbers of shards, in the order of the outputs
   */
  public static Coefficients ofRecovery(Shape shape, List<Integer> present, List<Integer> wanted) {
    if (present.size() != shape.data() || present.stream().distinct().count() != shape.data()) {
      throw new IllegalArgumentException(
          shape.data() + " different shards are needed, not " + present);
    }
    present.forEach(shard -> checkShard(shape, shard));
    wanted.forEach(shard -> checkShard(shape, shard));
    Matrix all = Matrix.cauchy(shape);
    Matrix inverse =
        all.select(present)
            .inverse()
            .orElseThrow(() -> new IllegalStateException("any k rows have an inverse: " + present));
    return new Coefficients(all.select(wanted).times(inverse));
  }

  public int inputs() {
    return matrix.columns();
  }

  public int outputs() {
    return matrix.rows();
  }

  byte get(int output, int input) {
    return matrix.get(output, input);
  }

  byte[] toArray() {
    return matrix.toArray();
  }

  /** Checks the shards of a call; answers their common size. */
  long checkShards(List<MemorySegment> inputs, List<MemorySegment> outputs) {
    if (inputs.size() != inputs() || outputs.size() != outputs()) {
      throw new IllegalArgumentException(
          "%d inputs and %d outputs for coefficients of %d and %d"
              .formatted(inputs.size(), outputs.size(), inputs(), outputs()));
    }
    long size = inputs.getFirst().byteSize();
    inputs.forEach(shard -> checkSize(size, shard));
    for (MemorySegment output : outputs) {
      checkSize(size, output);
      checkWritable(output, inputs);
    }
    return size;
  }

  private static void checkWritable(MemorySegment output, List<MemorySegment> inputs) {
    if (output.isReadOnly()) {
      throw new IllegalArgumentException("an output is read-only");
    }
    for (MemorySegment input : inputs) {
      if (input.asOverlappingSlice(output).isPresent()) {
        throw new IllegalArgumentException("an output lies over an input");
      }
    }
  }

  private static void checkSize(long size, MemorySegment shard) {
    if (shard.byteSize() != size) {
      throw new IllegalArgumentException(
          "shards of " + size + " and of " + shard.byteSize() + " bytes");
    }
  }

  private static void checkShard(Shape shape, int shard) {
    if (shard < 0 || shard >= shape.total()) {
      throw new IllegalArgumentException("shard " + shard + " of " + shape.total());
    }
  }
}

package org.groundwork.networks.storage.erasure;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.IntStream;

/**
 * Makes shards and makes lost ones again. All shards of a call have one size, which may be 0. Safe
 * for many threads.
 *
 * <p>The methods on memory segments copy nothing when every segment is off-heap; for speed align
 * them to {@link #ALIGNMENT} bytes. A segment must stay alive until the call returns.
 */
public sealed interface ErasureCode permits IsaLErasureCode, JavaErasureCode {
  /** Alignment of off-heap segments at which native code is fastest, in bytes. */
  long ALIGNMENT = 64;

  /** What does the work, for people. */
  String name();

  /**
   * Writes to each output the sum over all inputs, each times its coefficient.
   *
   * @param rows one row for each output, one column for each input
   */
  void multiply(Coefficients rows, List<MemorySegment> inputs, List<MemorySegment> outputs);

  /** Writes the parity of {@code data}. */
  default void encode(Shape shape, List<MemorySegment> data, List<MemorySegment> parity) {
    multiply(Coefficients.ofParity(shape), data, parity);
  }

  /**
   * Writes the shards {@code wanted}, data or parity, from any k that are there.
   *
   * @param present shards by number, at least k; of more the first k are used
   */
  default void recover(
      Shape shape,
      NavigableMap<Integer, MemorySegment> present,
      List<Integer> wanted,
      List<MemorySegment> outputs) {
    List<Integer> used = firstOf(shape, present);
    List<MemorySegment> inputs = used.stream().map(present::get).toList();
    multiply(Coefficients.ofRecovery(shape, used, wanted), inputs, outputs);
  }

  /** The parity shards of the data shards. */
  default List<byte[]> encode(Shape shape, List<byte[]> data) {
    checkCount("data shards", shape.data(), data.size());
    List<byte[]> parity = allocate(shape.parity(), data.getFirst().length);
    encode(shape, segments(data), segments(parity));
    return parity;
  }

  /** The shards {@code wanted}, from any k that are there. */
  default List<byte[]> recover(
      Shape shape, NavigableMap<Integer, byte[]> present, List<Integer> wanted) {
    List<Integer> used = firstOf(shape, present);
    List<byte[]> inputs = used.stream().map(present::get).toList();
    List<byte[]> outputs = allocate(wanted.size(), inputs.getFirst().length);
    multiply(Coefficients.ofRecovery(shape, used, wanted), segments(inputs), segments(outputs));
    return outputs;
  }

  /** All data shards, from any k shards that are there; those that are there are not copied. */
  default List<byte[]> decode(Shape shape, NavigableMap<Integer, byte[]> present) {
    List<Integer> lost =
        IntStream.range(0, shape.data()).filter(i -> !present.containsKey(i)).boxed().toList();
    List<byte[]> recovered = recover(shape, present, lost);
    List<byte[]> data = new ArrayList<>(shape.data());
    for (int shard = 0; shard < shape.data(); shard++) {
      int at = lost.indexOf(shard);
      data.add(at < 0 ? present.get(shard) : recovered.get(at));
    }
    return data;
  }

  private static List<Integer> firstOf(Shape shape, NavigableMap<Integer, ?> present) {
    if (present.size() < shape.data()) {
      throw new IllegalArgumentException(
          present.size() + " shards are there, " + shape.data() + " are needed");
    }
    return present.keySet().stream().limit(shape.data()).toList();
  }

  private static void checkCount(String what, int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(expected + " " + what + " are needed, not " + actual);
    }
  }

  private static List<byte[]> allocate(int count, int size) {
    return IntStream.range(0, count).mapToObj(i -> new byte[size]).toList();
  }

  private static List<MemorySegment> segments(List<byte[]> arrays) {
    return arrays.stream().map(MemorySegment::ofArray).toList();
  }
}

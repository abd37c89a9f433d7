package org.groundwork.networks.storage.erasure;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The code by Intel's ISA-L. Shards off-heap are worked on where they are; if any is on the heap,
 * all pass through an aligned buffer in slices.
 */
public final class IsaLErasureCode implements ErasureCode {
  /** The library counts in int. */
  private static final long MAX_CALL = 1 << 30;

  private static final long HEAP_SLICE = 32 << 10;

  private final IsaL isaL;

  IsaLErasureCode(IsaL isaL) {
    this.isaL = isaL;
  }

  /** The library itself, for measuring beside it. */
  public IsaL library() {
    return isaL;
  }

  @Override
  public String name() {
    return "ISA-L";
  }

  @Override
  public void multiply(Coefficients rows, List<MemorySegment> inputs, List<MemorySegment> outputs) {
    long size = rows.checkShards(inputs, outputs);
    if (size == 0 || outputs.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      Call call = new Call(arena, rows);
      if (Stream.concat(inputs.stream(), outputs.stream()).allMatch(MemorySegment::isNative)) {
        call.inPlace(inputs, outputs, size);
      } else {
        call.copying(inputs, outputs, size, arena);
      }
    }
  }

  /** What the library needs besides the shards. */
  private final class Call {
    private final int k;
    private final int rows;
    private final MemorySegment tables;
    private final MemorySegment inputPointers;
    private final MemorySegment outputPointers;

    Call(Arena arena, Coefficients coefficients) {
      k = coefficients.inputs();
      rows = coefficients.outputs();
      tables = arena.allocate((long) IsaL.TABLE_BYTES * k * rows, ALIGNMENT);
      inputPointers = arena.allocate(ValueLayout.ADDRESS, k);
      outputPointers = arena.allocate(ValueLayout.ADDRESS, rows);
      MemorySegment cells = arena.allocateFrom(ValueLayout.JAVA_BYTE, coefficients.toArray());
      isaL.initTables(k, rows, cells, tables);
    }

    void inPlace(List<MemorySegment> inputs, List<MemorySegment> outputs, long size) {
      for (long at = 0; at < size; at += MAX_CALL) {
        point(inputPointers, inputs, at);
        point(outputPointers, outputs, at);
        encode((int) Math.min(MAX_CALL, size - at));
      }
    }

    void copying(
        List<MemorySegment> inputs,
        List<MemorySegment> outputs,
        long size,
        SegmentAllocator allocator) {
      long slice = Math.min(HEAP_SLICE, size);
      List<MemorySegment> ins = allocate(allocator, k, slice);
      List<MemorySegment> outs = allocate(allocator, rows, slice);
      point(inputPointers, ins, 0);
      point(outputPointers, outs, 0);
      for (long at = 0; at < size; at += slice) {
        long length = Math.min(slice, size - at);
        for (int i = 0; i < k; i++) {
          MemorySegment.copy(inputs.get(i), at, ins.get(i), 0, length);
        }
        encode((int) length);
        for (int i = 0; i < rows; i++) {
          MemorySegment.copy(outs.get(i), 0, outputs.get(i), at, length);
        }
      }
    }

    private void encode(int length) {
      isaL.encodeData(length, k, rows, tables, inputPointers, outputPointers);
    }

    private static void point(MemorySegment pointers, List<MemorySegment> shards, long at) {
      for (int i = 0; i < shards.size(); i++) {
        pointers.setAtIndex(ValueLayout.ADDRESS, i, shards.get(i).asSlice(at));
      }
    }
  }

  private static List<MemorySegment> allocate(SegmentAllocator allocator, int count, long size) {
    return IntStream.range(0, count).mapToObj(i -> allocator.allocate(size, ALIGNMENT)).toList();
  }
}

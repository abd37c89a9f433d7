package org.groundwork.networks.storage.erasure;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * The code in pure Java. Each input has a table from its byte to the products with up to eight
 * coefficients at once, one in each byte of a long; so one look-up serves eight outputs.
 */
public final class JavaErasureCode implements ErasureCode {
  private static final int LANES = Long.BYTES;
  private static final int VALUES = 256;

  /** Positions worked on at a time: sums, bytes and tables stay in the first-level cache. */
  private static final int STEP = 1024;

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public void multiply(Coefficients rows, List<MemorySegment> inputs, List<MemorySegment> outputs) {
    long size = rows.checkShards(inputs, outputs);
    Scratch scratch = new Scratch();
    for (int first = 0; first < outputs.size(); first += LANES) {
      int lanes = Math.min(LANES, outputs.size() - first);
      long[][] tables = tables(rows, first, lanes);
      for (long at = 0; at < size; at += STEP) {
        int length = (int) Math.min(STEP, size - at);
        scratch.sum(tables, inputs, at, length);
        scratch.write(outputs.subList(first, first + lanes), at, length);
      }
    }
  }

  private static long[][] tables(Coefficients rows, int first, int lanes) {
    long[][] tables = new long[rows.inputs()][VALUES];
    for (int input = 0; input < tables.length; input++) {
      for (int lane = 0; lane < lanes; lane++) {
        addLane(tables[input], rows.get(first + lane, input), lane);
      }
    }
    return tables;
  }

  private static void addLane(long[] table, byte coefficient, int lane) {
    for (int value = 0; value < VALUES; value++) {
      long product = GaloisField.multiply(coefficient, (byte) value) & 0xffL;
      table[value] |= product << (Byte.SIZE * lane);
    }
  }

  private static final class Scratch {
    private final long[] sums = new long[STEP];
    private final byte[] bytes = new byte[STEP];
    private final byte[] more = new byte[STEP];

    /** Two inputs at a time, so that the sums are read and written half as often. */
    void sum(long[][] tables, List<MemorySegment> inputs, long at, int length) {
      Arrays.fill(sums, 0, length, 0);
      int input = 0;
      for (; input + 1 < tables.length; input += 2) {
        read(inputs.get(input), at, bytes, length);
        read(inputs.get(input + 1), at, more, length);
        addTwo(tables[input], tables[input + 1], length);
      }
      if (input < tables.length) {
        read(inputs.get(input), at, bytes, length);
        addOne(tables[input], length);
      }
    }

    void write(List<MemorySegment> outputs, long at, int length) {
      for (int lane = 0; lane < outputs.size(); lane++) {
        int shift = Byte.SIZE * lane;
        for (int i = 0; i < length; i++) {
          bytes[i] = (byte) (sums[i] >>> shift);
        }
        MemorySegment.copy(bytes, 0, outputs.get(lane), ValueLayout.JAVA_BYTE, at, length);
      }
    }

    private void addOne(long[] table, int length) {
      for (int i = 0; i < length; i++) {
        sums[i] ^= table[bytes[i] & 0xff];
      }
    }

    private void addTwo(long[] table, long[] second, int length) {
      for (int i = 0; i < length; i++) {
        sums[i] ^= table[bytes[i] & 0xff] ^ second[more[i] & 0xff];
      }
    }

    private static void read(MemorySegment shard, long at, byte[] into, int length) {
      MemorySegment.copy(shard, ValueLayout.JAVA_BYTE, at, into, 0, length);
    }
  }
}

package org.groundwork.protocol.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 256-bit unsigned numbers as four little-endian 64-bit words, low word first. */
final class LittleEndian {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static long word(byte[] bytes, int offset) {
    return (long) WORDS.get(bytes, offset);
  }

  /** Whether the number at {@code offset} is below a bound. */
  static boolean isBelow(byte[] bytes, int offset, long[] bound) {
    for (int i = 3; i >= 0; i--) {
      int order = Long.compareUnsigned(word(bytes, offset + 8 * i), bound[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }
}

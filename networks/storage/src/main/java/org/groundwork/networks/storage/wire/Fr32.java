package org.groundwork.networks.storage.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Filecoin's expansion of bytes into field elements: bits are little-endian, and two zero bits
 * follow every 254, so that 127 bytes become four leaves.
 */
final class Fr32 {
  static final int RAW_BYTES = 127;
  static final int PADDED_BYTES = 128;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_62 = -1L >>> 2;

  private Fr32() {}

  /** Expands {@code groups} times 127 bytes. */
  static void expand(byte[] raw, int rawOffset, byte[] padded, int paddedOffset, int groups) {
    for (int group = 0; group < groups; group++) {
      expandGroup(raw, rawOffset + group * RAW_BYTES, padded, paddedOffset + group * PADDED_BYTES);
    }
  }

  private static void expandGroup(byte[] raw, int in, byte[] padded, int out) {
    long w3 = word(raw, in + 24);
    LONG.set(padded, out, word(raw, in));
    LONG.set(padded, out + 8, word(raw, in + 8));
    LONG.set(padded, out + 16, word(raw, in + 16));
    LONG.set(padded, out + 24, w3 & LOW_62);

    long w7 = shifted(raw, in + 32, w3, 2, padded, out + 32);
    long w11 = shifted(raw, in + 64, w7, 4, padded, out + 64);

    // The last word has seven bytes of its own: read with the one before it.
    long w12 = word(raw, in + 96);
    long w13 = word(raw, in + 104);
    long w14 = word(raw, in + 112);
    long w15 = word(raw, in + 119) >>> 8;
    LONG.set(padded, out + 96, w11 >>> 58 | w12 << 6);
    LONG.set(padded, out + 104, w12 >>> 58 | w13 << 6);
    LONG.set(padded, out + 112, w13 >>> 58 | w14 << 6);
    LONG.set(padded, out + 120, (w14 >>> 58 | w15 << 6) & LOW_62);
  }

  /** Writes four words moved up by {@code bits}; answers the last word read. */
  private static long shifted(byte[] raw, int in, long before, int bits, byte[] padded, int out) {
    long a = word(raw, in);
    long b = word(raw, in + 8);
    long c = word(raw, in + 16);
    long d = word(raw, in + 24);
    LONG.set(padded, out, before >>> -bits | a << bits);
    LONG.set(padded, out + 8, a >>> -bits | b << bits);
    LONG.set(padded, out + 16, b >>> -bits | c << bits);
    LONG.set(padded, out + 24, (c >>> -bits | d << bits) & LOW_62);
    return d;
  }

  private static long word(byte[] raw, int at) {
    return (long) LONG.get(raw, at);
  }
}

package org.groundwork.networks.storage.wire;

import java.nio.ByteBuffer;

/** Unsigned LEB128 of multiformats: at most nine bytes, and no byte more than needed. */
public final class Varint {
  public static final int MAX_BYTES = 9;
  private static final int MORE = 0x80;

  private Varint() {}

  public static int length(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  public static void write(long value, ByteBuffer out) {
    if (value < 0) {
      throw new IllegalArgumentException("a varint is not negative: " + value);
    }
    long rest = value;
    while (rest >= MORE) {
      out.put((byte) (rest | MORE));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /**
   * Reads one.
   *
   * @throws MalformedPieceException if it is cut off, too long or not minimal
   */
  public static long read(ByteBuffer in) {
    long value = 0;
    for (int count = 0; count < MAX_BYTES; count++) {
      if (!in.hasRemaining()) {
        throw new MalformedPieceException("a varint is cut off");
      }
      int next = Byte.toUnsignedInt(in.get());
      value |= (long) (next & (MORE - 1)) << (7 * count);
      if (next < MORE) {
        if (next == 0 && count > 0) {
          throw new MalformedPieceException("a varint is longer than it needs to be");
        }
        return value;
      }
    }
    throw new MalformedPieceException("a varint has more than " + MAX_BYTES + " bytes");
  }
}

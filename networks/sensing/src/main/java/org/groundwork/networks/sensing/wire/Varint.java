package org.groundwork.networks.sensing.wire;

import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/** Signed numbers as zigzag varints of the fewest bytes, as in Protocol Buffers' {@code sint64}. */
public final class Varint {
  private static final int BITS = 7;
  private static final int MAX_BITS = 63;

  private Varint() {}

  /** Writes a number of at most 62 bits and a sign. */
  public static void write(CanonicalWriter out, long value) {
    long left = value << 1 ^ value >> 63;
    while (left >>> BITS != 0) {
      out.u8((int) (left & 0x7F) | 0x80);
      left >>>= BITS;
    }
    out.u8((int) left);
  }

  /** Reads what {@link #write} writes, and nothing else. */
  public static long read(CanonicalReader in) throws Malformed {
    long value = 0;
    for (int shift = 0; shift < MAX_BITS; shift += BITS) {
      int next = in.u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          throw new Malformed("a varint of too many bytes");
        }
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new Malformed("a varint that does not end");
  }
}

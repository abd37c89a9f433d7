package org.groundwork.cli.bench;

import java.io.InputStream;
import java.util.Random;

/** Bytes that do not repeat within a stripe's blocks, from one place in them to another. */
final class PatternStream extends InputStream {
  private static final int PATTERN = 1 << 20;
  private static final byte[] BYTES = new byte[PATTERN];

  static {
    new Random(1).nextBytes(BYTES);
  }

  private final long end;
  private long at;

  PatternStream(long from, long to) {
    at = from;
    end = to;
  }

  /** So many of the bytes, others for each number up to a million or so. */
  static byte[] excerpt(int number, int length) {
    byte[] content = new byte[length];
    System.arraycopy(BYTES, number % (PATTERN - length), content, 0, length);
    return content;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (at == end) {
      return -1;
    }
    // Each run of the pattern begins one byte later than the one before.
    int from = (int) ((at + at / PATTERN) % PATTERN);
    int endOfRun = (int) (PATTERN - at % PATTERN);
    int count = (int) Math.min(end - at, Math.min(length, Math.min(endOfRun, PATTERN - from)));
    System.arraycopy(BYTES, from, into, offset, count);
    at += count;
    return count;
  }
}

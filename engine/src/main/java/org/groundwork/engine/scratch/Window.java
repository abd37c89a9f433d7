package org.groundwork.engine.scratch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads a part of a file from its start to its end, a piece in memory at a time. */
final class Window {
  private static final int PIECE = 1 << 16;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final ScratchFile file;
  private final long end;
  private long next;
  private byte[] piece;
  private int at;
  private int size;

  Window(ScratchFile file, long from, long end) {
    this.file = file;
    this.next = from;
    this.end = end;
    this.piece = new byte[(int) Math.min(PIECE, end - from)];
  }

  boolean has() {
    return at < size || next < end;
  }

  int readInt() {
    return (int) INT.get(piece, take(Integer.BYTES));
  }

  /** Where the next {@code count} bytes begin among {@link #content}, until the next is taken. */
  int take(int count) {
    if (size - at < count) {
      fill(count);
    }
    int start = at;
    at += count;
    return start;
  }

  byte[] content() {
    return piece;
  }

  private void fill(int wanted) {
    byte[] from = piece;
    int left = size - at;
    if (wanted > piece.length) {
      piece = new byte[wanted];
    }
    System.arraycopy(from, at, piece, 0, left);
    int more = (int) Math.min(piece.length - left, end - next);
    int got = file.read(next, piece, left, more);
    next += got;
    at = 0;
    size = left + got;
    if (size < wanted) {
      throw new IllegalStateException("scratch ends within a record");
    }
  }

  byte[] copy(int from, int count) {
    return Arrays.copyOfRange(piece, from, from + count);
  }
}

package org.groundwork.engine.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are appended and then read from anywhere: at first in memory, then in a file with a
 * tail in memory. One thread appends; then many may read.
 */
final class ScratchFile {
  private static final int FIRST = 1 << 10;

  private final Scratch scratch;
  private final int tailBytes;
  private byte[] tail = new byte[FIRST];
  private int tailSize;
  private long inFile;
  private @Nullable FileChannel file;

  /** A file of which at most {@code tailBytes} stay in memory, or one record that is longer. */
  ScratchFile(Scratch scratch, int tailBytes) {
    this.scratch = scratch;
    this.tailBytes = tailBytes;
  }

  long size() {
    return inFile + tailSize;
  }

  void append(byte[] content, int from, int count) {
    if (tailSize + count > tailBytes) {
      flush();
    }
    if (tailSize + count > tail.length) {
      tail = Arrays.copyOf(tail, Math.max(tailSize + count, Math.min(tailBytes, 2 * tail.length)));
    }
    System.arraycopy(content, from, tail, tailSize, count);
    tailSize += count;
  }

  /** Fills {@code target} from a place on, as far as there is content; returns how much that is. */
  int read(long at, byte[] target, int from, int count) {
    int done = 0;
    if (at < inFile) {
      done = (int) Math.min(count, inFile - at);
      readFile(at, target, from, done);
    }
    int rest = Math.min(count - done, (int) Math.min(count, size() - at - done));
    if (rest > 0) {
      System.arraycopy(tail, (int) (at + done - inFile), target, from + done, rest);
      done += rest;
    }
    return done;
  }

  /** Writes all to the file, and lets go of the memory. */
  void finish() {
    if (file != null) {
      flush();
      tail = new byte[0];
    } else {
      tail = Arrays.copyOf(tail, tailSize);
    }
  }

  private void flush() {
    if (tailSize == 0) {
      return;
    }
    FileChannel target = file == null ? scratch.open() : file;
    file = target;
    try {
      ByteBuffer buffer = ByteBuffer.wrap(tail, 0, tailSize);
      while (buffer.hasRemaining()) {
        inFile += target.write(buffer, inFile);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("scratch cannot be written", e);
    }
    tailSize = 0;
  }

  private void readFile(long at, byte[] target, int from, int count) {
    ByteBuffer buffer = ByteBuffer.wrap(target, from, count);
    FileChannel source = file;
    try {
      while (source != null && buffer.hasRemaining()) {
        if (source.read(buffer, at + count - buffer.remaining()) < 0) {
          throw new IllegalStateException("scratch is shorter than what was written");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("scratch cannot be read", e);
    }
  }
}

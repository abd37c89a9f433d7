package org.groundwork.networks.storage.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** A stretch of a file that is read from its beginning to its end. For one thread. */
public final class FileStretch implements Closeable {
  private final Path file;
  private final Direct in;
  private final ByteBuffer buffer = Direct.buffer().limit(0);

  /** Of the stretch, not yet handed out. */
  private long left;

  /** Of the file, where what is in the buffer ends. */
  private long at;

  private FileStretch(Path file, Direct in, long offset, long length) throws IOException {
    this.file = file;
    this.in = in;
    left = length;
    at = offset - offset % in.block();
    int before = (int) (offset - at);
    if (before > 0) {
      left += before;
      fill();
      skip(before);
    }
  }

  /**
   * Opens a stretch.
   *
   * @throws EOFException if the file ends before it begins
   */
  public static FileStretch open(Path file, long offset, long length) throws IOException {
    Direct in = Direct.read(file, length);
    try {
      return new FileStretch(file, in, offset, length);
    } catch (IOException e) {
      in.channel().close();
      throw e;
    }
  }

  /**
   * Reads the next bytes.
   *
   * @throws EOFException if the file ends before the stretch does
   * @throws IndexOutOfBoundsException if the stretch is shorter
   */
  public void read(byte[] into, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(0, count, left);
    for (int done = 0; done < count; ) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int part = Math.min(count - done, buffer.remaining());
      buffer.get(into, offset + done, part);
      left -= part;
      done += part;
    }
  }

  private void skip(int count) throws IOException {
    if (buffer.remaining() < count) {
      throw end();
    }
    buffer.position(count);
    left -= count;
  }

  /** Whole blocks, so that the next place is the beginning of one unless the file ends. */
  private void fill() throws IOException {
    if (at % in.block() > 0) {
      throw end();
    }
    long blocks = (Math.min(left, Direct.PART) + in.block() - 1) / in.block();
    buffer.clear().limit((int) Math.min(Direct.PART, blocks * in.block()));
    int read = in.channel().read(buffer, at);
    buffer.flip();
    if (read <= 0) {
      throw end();
    }
    at += read;
  }

  private EOFException end() {
    return new EOFException(file + " ends at byte " + at);
  }

  @Override
  public void close() throws IOException {
    if (in.channel().isOpen()) {
      Direct.giveBack(buffer);
      in.channel().close();
    }
  }
}

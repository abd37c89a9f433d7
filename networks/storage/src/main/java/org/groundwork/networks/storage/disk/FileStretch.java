package org.groundwork.networks.storage.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A stretch of a file that is read from its beginning to its end. It holds no memory between two
 * reads, however long its reader takes for what he got. For one thread.
 */
public final class FileStretch implements Closeable {
  private final Path file;
  private final Direct in;

  /** Of the stretch, not yet handed out. */
  private long left;

  /** Of the file, where the next read begins. */
  private long at;

  private FileStretch(Path file, Direct in, long offset, long length) {
    this.file = file;
    this.in = in;
    left = length;
    at = offset;
  }

  /** Opens a stretch. */
  public static FileStretch open(Path file, long offset, long length) throws IOException {
    return new FileStretch(file, Direct.read(file, length), offset, length);
  }

  /**
   * Reads the next bytes.
   *
   * @throws EOFException if the file ends before the stretch does
   * @throws IndexOutOfBoundsException if the stretch is shorter
   */
  public void read(byte[] into, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(0, count, left);
    ByteBuffer buffer = Direct.buffer();
    try {
      for (int done = 0; done < count; ) {
        int part = fill(buffer, count - done);
        buffer.get(into, offset + done, part);
        at += part;
        left -= part;
        done += part;
      }
    } finally {
      Direct.giveBack(buffer);
    }
  }

  /** Reads the whole blocks of what is wanted next; how much of it then stands in the buffer. */
  private int fill(ByteBuffer buffer, int wanted) throws IOException {
    int block = in.block();
    int before = (int) (at % block);
    int end = Math.min(before + wanted, Direct.PART);
    buffer.clear().limit((end + block - 1) / block * block);
    int read = in.channel().read(buffer, at - before);
    if (read <= before) {
      throw new EOFException(file + " ends before byte " + (at + 1));
    }
    buffer.flip().position(before);
    return Math.min(end, read) - before;
  }

  @Override
  public void close() throws IOException {
    in.channel().close();
  }
}

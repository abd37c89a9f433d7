package org.groundwork.networks.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** A file that is written from its beginning to its end. For one thread. */
public final class NewFile implements Closeable {
  private final Direct out;
  private final ByteBuffer buffer = Direct.buffer();
  private long length;

  private NewFile(Direct out) {
    this.out = out;
  }

  /**
   * Makes a file.
   *
   * @param size how long it will be, as far as is known
   * @throws FileAlreadyExistsException if there is one
   */
  public static NewFile create(Path file, long size) throws IOException {
    return new NewFile(Direct.create(file, size));
  }

  /** Adds to its end. */
  public void write(byte[] content, int offset, int count) throws IOException {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, buffer.remaining());
      buffer.put(content, offset + done, part);
      done += part;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
    length += count;
  }

  /** Returns when all that was written is in the file; nothing is written after. */
  public void finish() throws IOException {
    int rest = buffer.position() % out.block();
    if (rest > 0) {
      buffer.put(new byte[out.block() - rest]);
    }
    flush();
    if (rest > 0) {
      out.channel().truncate(length);
    }
  }

  /** Returns when all that was written is on disk; nothing is written after. */
  public void force() throws IOException {
    finish();
    out.channel().force(true);
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.channel().write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    if (out.channel().isOpen()) {
      Direct.giveBack(buffer);
      out.channel().close();
    }
  }
}

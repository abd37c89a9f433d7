package org.groundwork.networks.storage.provider;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written from its beginning to its end. Long ones go to the disk past the system's
 * memory (O_DIRECT), which would take a copy of every byte only to have it forced out at once, and
 * for pieces that nobody may read for months give up what is read often; where a file system knows
 * no such way they are written as any other. For one thread.
 */
final class NewFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(NewFile.class);

  /** Written at once; shorter files are written as any other. */
  static final int PART = 1 << 20;

  /** Of the memory that is written past the system's; more than disks ask for. */
  private static final int ALIGNMENT = 1 << 16;

  /** The JDK's, by name: a compiler warns of its package, which other JDKs may not have. */
  private static final Optional<OpenOption> DIRECT =
      option("com.sun.nio.file.ExtendedOpenOption", "DIRECT");

  private static final int MOST_BUFFERS = 16;
  private static final BlockingQueue<ByteBuffer> BUFFERS = new ArrayBlockingQueue<>(MOST_BUFFERS);

  private final FileChannel out;

  /** What files are cut at that are written past the system's memory; 1 for others. */
  private final int block;

  private final ByteBuffer buffer;
  private long length;

  private NewFile(FileChannel out, int block) {
    this.out = out;
    this.block = block;
    ByteBuffer used = BUFFERS.poll();
    buffer =
        used == null
            ? ByteBuffer.allocateDirect(PART + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, PART)
            : used;
  }

  /**
   * Makes a file.
   *
   * @param size how long it will be, as far as is known
   */
  static NewFile create(Path file, long size) throws IOException {
    if (size >= PART && DIRECT.isPresent()) {
      try {
        int block = block(file);
        return new NewFile(
            FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, DIRECT.get()),
            block);
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.debug("{} is written through the system's memory: {}", file, e.toString());
        Files.deleteIfExists(file);
      }
    }
    return new NewFile(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1);
  }

  private static Optional<OpenOption> option(String type, String name) {
    try {
      return Optional.of((OpenOption) Class.forName(type).getField(name).get(null));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static int block(Path file) throws IOException {
    long block = Files.getFileStore(file.toAbsolutePath().getParent()).getBlockSize();
    if (block < 1 || ALIGNMENT % block != 0) {
      throw new UnsupportedOperationException("blocks of " + block + " bytes");
    }
    return (int) block;
  }

  void write(byte[] content, int offset, int count) throws IOException {
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

  /** Returns when all that was written is on disk; nothing is written after. */
  void force() throws IOException {
    int rest = buffer.position() % block;
    if (rest > 0) {
      buffer.put(new byte[block - rest]);
    }
    flush();
    if (rest > 0) {
      out.truncate(length);
    }
    out.force(true);
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    if (out.isOpen()) {
      buffer.clear();
      var _ = BUFFERS.offer(buffer);
      out.close();
    }
  }
}

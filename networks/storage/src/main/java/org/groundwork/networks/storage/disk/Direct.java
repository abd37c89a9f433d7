package org.groundwork.networks.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is open past the system's memory, if it is long and its file system knows such a way;
 * otherwise as any other.
 *
 * @param block what places and lengths are multiples of; 1 for any other file
 */
record Direct(FileChannel channel, int block) {
  private static final Logger LOG = LoggerFactory.getLogger(Direct.class);

  /** Read or written at once; shorter files are as any other. */
  static final int PART = 1 << 20;

  /** Of memory; more than disks ask for. */
  private static final int ALIGNMENT = 1 << 16;

  /** The JDK's, by name: a compiler warns of its package, which other JDKs may not have. */
  private static final Optional<OpenOption> OPTION =
      option("com.sun.nio.file.ExtendedOpenOption", "DIRECT");

  private static final int MOST_BUFFERS = 16;
  private static final BlockingQueue<ByteBuffer> BUFFERS = new ArrayBlockingQueue<>(MOST_BUFFERS);

  /**
   * Makes a file.
   *
   * @param length how long it will be, as far as is known
   * @throws FileAlreadyExistsException if there is one
   */
  static Direct create(Path file, long length) throws IOException {
    OpenOption[] options = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    if (isLong(length)) {
      try {
        return open(file, options);
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.debug("{} is written by way of the system's memory: {}", file, e.toString());
        Files.deleteIfExists(file);
      }
    }
    return new Direct(FileChannel.open(file, options), 1);
  }

  /**
   * Opens a file.
   *
   * @param length how much of it will be read
   */
  static Direct read(Path file, long length) throws IOException {
    if (isLong(length)) {
      try {
        return open(file, StandardOpenOption.READ);
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.debug("{} is read by way of the system's memory: {}", file, e.toString());
      }
    }
    return new Direct(FileChannel.open(file, StandardOpenOption.READ), 1);
  }

  private static boolean isLong(long length) {
    return length >= PART && OPTION.isPresent();
  }

  private static Direct open(Path file, OpenOption... options) throws IOException {
    int block = block(file);
    OpenOption[] direct = Arrays.copyOf(options, options.length + 1);
    direct[options.length] = OPTION.orElseThrow();
    return new Direct(FileChannel.open(file, direct), block);
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

  /** A buffer of {@link #PART} bytes, empty. */
  static ByteBuffer buffer() {
    ByteBuffer used = BUFFERS.poll();
    return used == null
        ? ByteBuffer.allocateDirect(PART + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, PART)
        : used;
  }

  /** Gives a buffer back, which is not used after. */
  static void giveBack(ByteBuffer buffer) {
    buffer.clear();
    var _ = BUFFERS.offer(buffer);
  }
}

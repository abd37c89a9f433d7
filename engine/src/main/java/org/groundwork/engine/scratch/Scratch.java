package org.groundwork.engine.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder for files that nobody finds after the process, nor while it runs. */
public final class Scratch {
  /** Below this, memory that is asked for is plain memory. */
  private static final long SMALL = 1 << 20;

  private final Path folder;

  public Scratch(Path folder) {
    this.folder = folder;
  }

  /** In the system's folder for such files. */
  public static Scratch temporary() {
    return new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** A new file without a name; it is gone when nothing refers to it. */
  public FileChannel open() {
    try {
      Path file = Files.createTempFile(folder, "groundwork-", ".scratch");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch file in " + folder, e);
    }
  }

  /** Zeros that may be written to; the pages of many are a file's, not the heap's. */
  public MemorySegment memory(long size) {
    if (size < SMALL) {
      return MemorySegment.ofArray(new byte[(int) size]);
    }
    try (FileChannel file = open()) {
      return file.map(MapMode.READ_WRITE, 0, size, Arena.ofAuto());
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch memory in " + folder, e);
    }
  }
}

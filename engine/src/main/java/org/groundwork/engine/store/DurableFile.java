package org.groundwork.engine.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.groundwork.protocol.Bytes;

/** Writes a file so that after a crash it is there whole or not at all. */
public final class DurableFile {
  /** The end of the names of files that are being written. */
  static final String UNFINISHED = ".tmp";

  private static final int BUFFER = 1 << 16;

  private DurableFile() {}

  /** Writes what a file is to hold. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes beside the target, syncs, renames over it, and syncs its folder. */
  public static void write(Path target, Bytes content) throws IOException {
    write(target, out -> out.write(content.unsafeArray()));
  }

  /** The same with content that is made as it is written. */
  public static void write(Path target, Content content) throws IOException {
    Path folder = folderOf(target);
    Path unfinished = Files.createTempFile(folder, target.getFileName() + "-", UNFINISHED);
    try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
      content.writeTo(out);
      out.flush();
      file.force(true);
    }
    Files.move(
        unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  /** The folder that a file is in. */
  public static Path folderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no file: " + file);
    }
    return folder;
  }

  /** Creates a folder and those above it that are missing, durably. */
  public static void createFolder(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      createFolder(parent);
      Files.createDirectories(folder);
      sync(parent);
    }
  }

  /** Makes the names in a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}

package org.groundwork.cli.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** That one process alone works in a folder: a locked file, which holds the process's number. */
public final class FolderLock implements AutoCloseable {
  public static final String NAME = "lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @throws IOException with one sentence for the user if another process has it
   */
  public static FolderLock take(Path folder) throws IOException {
    return attempt(folder)
        .orElseThrow(() ->
            new IOException(
                "another process runs in " + folder + "; stop it, or give another folder"));
  }

  /** Takes the lock of a folder; empty if another process has it. */
  public static Optional<FolderLock> attempt(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      return Optional.empty();
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0).write(ByteBuffer.wrap(pid));
    return Optional.of(new FolderLock(channel));
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The process that has the lock of a folder, as it wrote; empty if it is gone. */
  public static Optional<ProcessHandle> holder(Path folder) throws IOException {
    String text = Files.readString(folder.resolve(NAME), StandardCharsets.US_ASCII).strip();
    return text.matches("[0-9]{1,10}") ? ProcessHandle.of(Long.parseLong(text)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

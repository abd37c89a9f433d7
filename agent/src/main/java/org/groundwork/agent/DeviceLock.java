package org.groundwork.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds a device's folder, so that two processes never sign under one sequence, which would void
 * both reports.
 */
public final class DeviceLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final FileChannel channel;

  private DeviceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder, which is made if it is not there.
   *
   * @param patience how long to wait for whoever holds it
   * @throws IOException if somebody still does
   */
  public static DeviceLock take(Path folder, Duration patience)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    for (long left = patience.toMillis(); tryLock(channel) == null; left -= PAUSE.toMillis()) {
      if (left <= 0) {
        channel.close();
        throw new IOException(
            "another process signs for the device of " + folder + "; stop it, or let it finish");
      }
      Pause.of(PAUSE);
    }
    return new DeviceLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException held) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

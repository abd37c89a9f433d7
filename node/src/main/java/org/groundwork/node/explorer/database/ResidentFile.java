package org.groundwork.node.explorer.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a file in the system's memory, so that a question waits for no disk: all of it is read once
 * and stays mapped. Of what is only read and written a system may drop what was not used for half a
 * minute, as hosts of virtual machines do to have memory back; what is mapped it drops only when
 * memory is short.
 */
final class ResidentFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResidentFile.class);

  /** Of the machine's memory, or the container's. */
  private static final int MEMORY_PART = 2;

  private static final Duration LOOK = Duration.ofSeconds(30);

  /** Bytes read before it is looked whether somebody wants to close. */
  private static final long STEP = 32L << 20;

  private final FileChannel channel;
  private final long most;
  private final Duration look;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param most bytes of the file up to which it is kept; a larger one is left to the system
   * @param look how often is looked whether it has another length
   */
  ResidentFile(Path file, long most, Duration look) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.most = most;
    this.look = look;
    // Not a virtual one: while it waits for the disk it would hold a processor's carrier.
    this.thread = Thread.ofPlatform().daemon().name("resident").start(this::keep);
  }

  ResidentFile(Path file) throws IOException {
    this(file, memory() / MEMORY_PART, LOOK);
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private void keep() {
    try {
      while (!closed(Duration.ZERO)) {
        long length = channel.size();
        try (Arena arena = Arena.ofConfined()) {
          if (length <= most) {
            load(channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena));
          }
          while (!closed(look) && channel.size() == length) {
            // It stays mapped.
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      LOG.warn("The database's file is not kept in memory: {}", e.toString());
    }
  }

  private void load(MemorySegment file) throws InterruptedException {
    try {
      for (long at = 0; at < file.byteSize() && !closed(Duration.ZERO); at += STEP) {
        file.asSlice(at, Math.min(STEP, file.byteSize() - at)).load();
      }
    } catch (InternalError e) {
      // What the JDK throws for a page that is not there: the file became shorter meanwhile.
      LOG.debug("The database's file changed while it was read: {}", e.toString());
    }
  }

  private boolean closed(Duration patience) throws InterruptedException {
    return closing.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * To be called when nobody in this process has the file locked any more: a process loses its
   * locks of a file with the first of its descriptors that is closed (POSIX, {@code fcntl}).
   */
  @Override
  public void close() throws IOException {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}

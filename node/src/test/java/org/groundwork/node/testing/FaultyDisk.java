package org.groundwork.node.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.node.files.GrowingFile;

/** The real disk, until it is told to fail. */
public final class FaultyDisk implements GrowingFile.Disk {
  private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean forceFails;
  private volatile boolean truncateFails;

  /** From now on only this many bytes fit. */
  public void leaveRoom(long bytes) {
    room.set(bytes);
  }

  public void failForce(boolean fails) {
    forceFails = fails;
  }

  public void failTruncate(boolean fails) {
    truncateFails = fails;
  }

  @Override
  public GrowingFile create(Path file) throws IOException {
    return new Faulty(GrowingFile.REAL.create(file));
  }

  private final class Faulty implements GrowingFile {
    private final GrowingFile real;

    Faulty(GrowingFile real) {
      this.real = real;
    }

    @Override
    public void append(ByteBuffer content) throws IOException {
      int fits = (int) Math.min(content.remaining(), room.get());
      int wanted = content.remaining();
      real.append(content.slice(content.position(), fits));
      content.position(content.position() + fits);
      room.addAndGet(-fits);
      if (fits < wanted) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void force() throws IOException {
      if (forceFails) {
        throw new IOException("Input/output error");
      }
      real.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      if (truncateFails) {
        throw new IOException("Input/output error");
      }
      real.truncate(size);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}

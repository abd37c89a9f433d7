package org.groundwork.node.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log, entry by entry. Each entry was forced before the next was begun, so a crash can only
 * tear the last one: what is unsound at the end is dropped, what is unsound before a sound entry is
 * damage.
 */
public final class FrameReader implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private long position;

  public FrameReader(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /** The next sound entry; empty at the end, or where the torn tail begins. */
  public Optional<Bytes> next() throws IOException {
    byte[] content = entryAt(position);
    if (content != null) {
      position += Frame.HEADER + content.length;
      return Optional.of(Bytes.wrap(content));
    }
    if (position < channel.size()) {
      requireTornTail();
    }
    return Optional.empty();
  }

  /** Bytes up to which the file is sound, as far as it was read. */
  public long position() {
    return position;
  }

  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void requireTornTail() throws IOException {
    ByteBuffer window = ByteBuffer.allocate(1 << 20);
    long last = channel.size() - Frame.HEADER;
    for (long from = position + 1; from <= last; from += window.capacity() - 3) {
      window.clear();
      read(window, from);
      window.flip();
      for (int i = 0; i + 4 <= window.limit(); i++) {
        if (window.getInt(i) == Frame.MAGIC && entryAt(from + i) != null) {
          throw new DamagedFile(file, position, "an entry is not what was written");
        }
      }
    }
  }

  private byte @Nullable [] entryAt(long at) throws IOException {
    byte[] header = new byte[Frame.HEADER];
    if (!fill(header, at)) {
      return null;
    }
    int length = Frame.contentLength(header);
    if (length < 0 || length > channel.size() - at - Frame.HEADER) {
      return null;
    }
    byte[] content = new byte[length];
    return fill(content, at + Frame.HEADER) && Frame.isSound(header, content) ? content : null;
  }

  private boolean fill(byte[] target, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    read(buffer, at);
    return !buffer.hasRemaining();
  }

  private void read(ByteBuffer target, long at) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position()) < 0) {
        return;
      }
    }
  }
}

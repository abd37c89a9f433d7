package org.groundwork.simulator.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file, or a folder that is open to be forced. */
final class SimChannel extends FileChannel {
  private final SimFileSystem fileSystem;
  private final Entry entry;
  private long position;

  SimChannel(SimFileSystem fileSystem, Entry entry) {
    this.fileSystem = fileSystem;
    this.entry = entry;
  }

  private FileEntry file() throws IOException {
    fileSystem.requireMounted();
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (entry instanceof FileEntry file) {
      return file;
    }
    throw new IOException("a folder");
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = read(target, position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public int read(ByteBuffer target, long at) throws IOException {
    byte[] bytes = new byte[target.remaining()];
    int count = file().read(Math.toIntExact(at), bytes, 0, bytes.length);
    if (count > 0) {
      target.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      int count = read(targets[i]);
      if (count < 0) {
        return sum == 0 ? -1 : sum;
      }
      sum += count;
    }
    return sum;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = write(source, position);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source, long at) throws IOException {
    FileEntry file = file();
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    fileSystem.disk().changing();
    file.write(Math.toIntExact(at), bytes);
    return bytes.length;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += write(sources[i]);
    }
    return sum;
  }

  @Override
  public long position() throws IOException {
    file();
    return position;
  }

  @Override
  public FileChannel position(long to) throws IOException {
    file();
    position = to;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file().size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    FileEntry file = file();
    if (size < file.size()) {
      fileSystem.disk().changing();
      file.truncate(Math.toIntExact(size));
    }
    position = Math.min(position, size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    fileSystem.requireMounted();
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    fileSystem.disk().force(entry);
  }

  /** A copy: nothing writes to what is mapped. */
  @Override
  public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(size)];
    if (size > 0 && file().read(Math.toIntExact(offset), bytes, 0, bytes.length) < size) {
      throw new IOException("beyond the end");
    }
    return MemorySegment.ofArray(bytes).asReadOnly();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long offset, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void implCloseChannel() {
    // Closing makes nothing durable.
  }
}

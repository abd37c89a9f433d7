package org.groundwork.flink;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.groundwork.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way through the shared folder: each a key and a value with their lengths before
 * them (u32), then the mark of the end (u32 of all ones), the count (u64) and CRC-32C of all before
 * it (u32). A file is there whole or not at all; who writes one again replaces it.
 */
final class PartFile {
  private static final int END = -1;
  private static final int MAX_SIZE = 1 << 28;
  private static final int BUFFER = 1 << 16;

  private PartFile() {}

  /** A key, empty where entries have none, and a value. */
  record Entry(Bytes key, Bytes value) {}

  /** Writes a file; only {@link #finish} makes it visible. */
  static final class Writer implements AutoCloseable {
    private final Path target;
    private final Path unfinished;
    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream out;
    private long count;

    Writer(Path target) throws IOException {
      this.target = target;
      Path folder = target.toAbsolutePath().getParent();
      if (folder == null) {
        throw new IOException(target + " is in no folder");
      }
      unfinished = Files.createTempFile(folder, target.getFileName() + ".", ".unfinished");
      out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new CheckedOutputStream(Files.newOutputStream(unfinished), checksum), BUFFER));
    }

    void add(Bytes key, Bytes value) throws IOException {
      out.writeInt(key.size());
      out.write(key.unsafeArray());
      out.writeInt(value.size());
      out.write(value.unsafeArray());
      count++;
    }

    void finish() throws IOException {
      out.writeInt(END);
      out.writeLong(count);
      out.flush();
      out.writeInt((int) checksum.getValue());
      out.close();
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives up what was not finished. */
    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Reads a file from its start; closes it after the last entry. What cannot be read or is damaged
   * comes out of the iteration as {@link UncheckedIOException}.
   */
  static final class Reader implements Iterator<Entry>, AutoCloseable {
    private final Path path;
    private final CheckedInputStream checked;
    private final DataInputStream in;
    private long count;
    private @Nullable Entry next;

    Reader(Path path) throws IOException {
      this.path = path;
      checked =
          new CheckedInputStream(
              new BufferedInputStream(Files.newInputStream(path), BUFFER), new CRC32C());
      in = new DataInputStream(checked);
      next = read();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Entry next() {
      Entry entry = peek();
      try {
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return entry;
    }

    /** The entry that {@link #next} will give. */
    Entry peek() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      return next;
    }

    private @Nullable Entry read() throws IOException {
      try {
        int keySize = in.readInt();
        if (keySize == END) {
          end();
          return null;
        }
        count++;
        Bytes key = bytes(keySize);
        return new Entry(key, bytes(in.readInt()));
      } catch (EOFException e) {
        throw new IOException(path + " is truncated", e);
      }
    }

    private Bytes bytes(int size) throws IOException {
      if (size < 0 || size > MAX_SIZE) {
        throw new IOException(path + " is damaged");
      }
      byte[] content = new byte[size];
      in.readFully(content);
      return Bytes.wrap(content);
    }

    private void end() throws IOException {
      long expected = in.readLong();
      long checksum = checked.getChecksum().getValue();
      if (expected != count || in.readInt() != (int) checksum || in.read() != -1) {
        throw new IOException(path + " is damaged");
      }
      in.close();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

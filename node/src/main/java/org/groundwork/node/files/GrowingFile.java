package org.groundwork.node.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One file that only grows; an interface so that tests can have a full or failing disk. */
public interface GrowingFile extends Closeable {
  /** Writes all bytes at the end. */
  void append(ByteBuffer content) throws IOException;

  /** Returns once everything appended is on disk. */
  void force() throws IOException;

  void truncate(long size) throws IOException;

  /** Where files come from. */
  interface Disk {
    /** A new file; its name is durable. */
    GrowingFile create(Path file) throws IOException;
  }

  /** The real disk. */
  Disk REAL =
      file -> {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Durable.forceFolder(file);
        return new OnChannel(channel);
      };

  /** A file of the real disk. */
  record OnChannel(FileChannel channel) implements GrowingFile {
    @Override
    public void append(ByteBuffer content) throws IOException {
      while (content.hasRemaining()) {
        channel.write(content);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

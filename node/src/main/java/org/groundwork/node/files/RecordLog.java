package org.groundwork.node.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.DurableFile;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Malformed;

/** A file of records that only grows; a record is durable when {@link #append} returns. */
public final class RecordLog implements Closeable {
  private final Path file;
  private FileChannel channel;
  private long size;

  private RecordLog(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /** Takes one record at opening. */
  public interface Records {
    void accept(CanonicalReader in) throws Malformed;
  }

  /** Opens a log, tells of its records in order, and cuts off a torn end. */
  public static RecordLog open(Path file, Records records) throws IOException {
    DurableFile.createFolder(DurableFile.folderOf(file));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Durable.forceFolder(file);
    try (FrameReader reader = new FrameReader(file)) {
      for (Optional<Bytes> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        CanonicalReader in = new CanonicalReader(entry.get());
        records.accept(in);
        in.end();
      }
      channel.truncate(reader.position());
      return new RecordLog(file, channel, reader.position());
    } catch (Malformed e) {
      channel.close();
      throw new DamagedFile(file, 0, String.valueOf(e.getMessage()));
    }
  }

  /** Appends a record; if this throws, it is not there. */
  public synchronized void append(Bytes record) throws IOException {
    ByteBuffer frame = Frame.around(record);
    long end = size + frame.remaining();
    try {
      long at = size;
      while (frame.hasRemaining()) {
        at += channel.write(frame, at);
      }
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
    size = end;
  }

  /** Bytes on disk. */
  public synchronized long size() {
    return size;
  }

  /** Replaces all records by these, in one durable step. */
  public synchronized void rewrite(List<Bytes> records) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Bytes record : records) {
      ByteBuffer frame = Frame.around(record);
      content.write(frame.array(), frame.arrayOffset(), frame.remaining());
    }
    Durable.write(file, content.toByteArray());
    channel.close();
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    size = content.size();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}

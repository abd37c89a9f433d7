package org.groundwork.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.groundwork.protocol.Bytes;

/**
 * A small append-only file of records: length, CRC32C, content. A torn last record is dropped, also
 * one of which a crash left zeros; any other damage is an error. Not safe for use by several
 * threads.
 */
public final class DurableLog implements AutoCloseable {
  private static final int HEADER = 8;
  private static final int MAX_RECORD = 1 << 20;

  private final Path file;
  private FileChannel channel;

  private DurableLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** What was read at opening, and the log, ready to append. */
  public record Opened(DurableLog log, List<Bytes> records) {
    public Opened {
      records = List.copyOf(records);
    }
  }

  public static Opened open(Path file) throws IOException {
    Path folder = folderOf(file);
    createFolder(folder);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    sync(folder);
    Content content = parse(file, Files.readAllBytes(file));
    channel.truncate(content.size());
    channel.position(content.size());
    return new Opened(new DurableLog(file, channel), content.records());
  }

  private static Path folderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no file: " + file);
    }
    return folder;
  }

  /** Creates a folder and those above it that are missing, durably. */
  static void createFolder(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      createFolder(parent);
      Files.createDirectories(folder);
      sync(parent);
    }
  }

  /** Makes the names in a folder durable. */
  static void sync(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** The records of a log that another process may be appending to; the file is not touched. */
  public static List<Bytes> read(Path file) throws IOException {
    return parse(file, Files.readAllBytes(file)).records();
  }

  private record Content(List<Bytes> records, int size) {}

  private static Content parse(Path file, byte[] bytes) throws IOException {
    List<Bytes> records = new ArrayList<>();
    ByteBuffer content = ByteBuffer.wrap(bytes);
    int good = 0;
    while (content.remaining() >= HEADER) {
      int size = content.getInt();
      int crc = content.getInt();
      if (size == 0 && isZero(content, good)) {
        break;
      }
      if (size < 0 || size > MAX_RECORD) {
        throw new IOException(file + " is damaged at byte " + good + ": length " + size);
      }
      if (size > content.remaining()) {
        break;
      }
      byte[] record = new byte[size];
      content.get(record);
      if (crc != checksum(record)) {
        if (content.hasRemaining()) {
          throw new IOException(file + " is damaged at byte " + good + ": wrong checksum");
        }
        break;
      }
      records.add(Bytes.wrap(record));
      good = content.position();
    }
    return new Content(records, good);
  }

  /**
   * Whether nothing but zeros follows: a crash may leave a file longer before what was written
   * there is on disk. No record is empty.
   */
  private static boolean isZero(ByteBuffer content, int from) {
    for (int i = from; i < content.limit(); i++) {
      if (content.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Appends a record, or throws and leaves the log as it was. */
  public void append(Bytes record) throws IOException {
    long end = channel.size();
    channel.position(end);
    try {
      write(channel, record);
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  /** Returns when everything appended is on disk. */
  public void force() throws IOException {
    channel.force(false);
  }

  /** Replaces the whole content, durably, in one step. */
  public void rewrite(List<Bytes> records) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (Bytes record : records) {
        write(out, record);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folderOf(file));
    channel.close();
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void write(FileChannel out, Bytes record) throws IOException {
    if (record.size() > MAX_RECORD) {
      throw new IllegalArgumentException("record of " + record.size() + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + record.size());
    buffer.putInt(record.size()).putInt(checksum(record.unsafeArray()));
    buffer.put(record.unsafeArray()).flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}

package org.groundwork.settlement.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.JournalEntry.Genesis;
import org.groundwork.settlement.local.JournalEntry.Mined;
import org.groundwork.settlement.local.JournalEntry.Offered;
import org.groundwork.settlement.local.JournalEntry.Refused;
import org.groundwork.settlement.local.JournalEntry.Tick;

/**
 * An append-only file of {@link JournalEntry}s.
 *
 * <p>A record is the length of its body, CRC-32C of its body, CRC-32C of these eight bytes, body.
 * The header has a checksum of its own so that a damaged length is not taken for a torn end. Only
 * an end that a crash can leave behind (a record cut short, or zeros up to the end of the file) is
 * dropped; anything else damaged is an error, since acknowledged transactions may stand there.
 */
final class ChainJournal implements AutoCloseable {
  static final int MAX_BODY = 1 << 20;
  private static final int FORMAT = 1;
  private static final int HEADER = 12;
  private static final int CHECKED_HEADER = 8;

  private final Path file;
  private final FileChannel channel;

  /** Position of the next record to read. */
  private long position;

  private ChainJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static ChainJournal open(Path file) throws SettlementException {
    try {
      return new ChainJournal(
          file,
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Starts reading at the first record again. */
  void rewind() {
    position = 0;
  }

  /** The next record; empty at the end, where a torn record is cut off. */
  Optional<JournalEntry> next() throws SettlementException {
    try {
      long left = channel.size() - position;
      if (left == 0) {
        return Optional.empty();
      }
      return left < HEADER ? torn() : read(left);
    } catch (IOException e) {
      throw e instanceof SettlementException known ? known : unreadable(file, e);
    }
  }

  private Optional<JournalEntry> read(long left) throws IOException {
    ByteBuffer header = bytes(position, HEADER);
    int length = header.getInt(0);
    if (crc(header.slice(0, CHECKED_HEADER)) != header.getInt(CHECKED_HEADER)) {
      if (onlyZeros()) {
        return torn();
      }
      throw corrupt("header");
    }
    if (length < 1 || length > MAX_BODY) {
      throw corrupt("length");
    }
    if (left < HEADER + length) {
      return torn();
    }
    ByteBuffer body = bytes(position + HEADER, length);
    if (crc(body.duplicate()) != header.getInt(Integer.BYTES)) {
      throw corrupt("body");
    }
    JournalEntry entry = decode(body);
    position += HEADER + length;
    return Optional.of(entry);
  }

  private Optional<JournalEntry> torn() throws IOException {
    channel.truncate(position);
    return Optional.empty();
  }

  private boolean onlyZeros() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(1 << 16);
    for (long at = position; at < channel.size(); at += block.position()) {
      block.clear();
      int read = channel.read(block, at);
      for (int i = 0; i < read; i++) {
        if (block.get(i) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private SettlementException corrupt(String part) {
    return new SettlementException(
        Failure.JOURNAL_CORRUPT,
        file
            + " is damaged: the "
            + part
            + " of the record at byte "
            + position
            + " does not match its checksum. Restore the file from a copy, or start in an empty"
            + " folder.");
  }

  /** Writes a record behind the last; with {@code durable} it is on disk when this returns. */
  void append(JournalEntry entry, boolean durable) throws SettlementException {
    try {
      byte[] body = encode(entry);
      ByteBuffer header =
          ByteBuffer.allocate(HEADER).putInt(body.length).putInt(crc(ByteBuffer.wrap(body)));
      header.putInt(crc(header.slice(0, CHECKED_HEADER))).flip();
      ByteBuffer[] record = {header, ByteBuffer.wrap(body)};
      // What a failed write may have left.
      if (channel.size() > position) {
        channel.truncate(position);
      }
      channel.position(position);
      while (record[1].hasRemaining()) {
        channel.write(record);
      }
      if (durable) {
        channel.force(false);
      }
      position += HEADER + body.length;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private ByteBuffer bytes(long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException(file + " became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static byte[] encode(JournalEntry entry) {
    return switch (entry) {
      case Genesis genesis ->
          body(0, 20)
              .putInt(FORMAT)
              .putLong(genesis.chainId())
              .putLong(genesis.timestamp())
              .array();
      case Offered offered ->
          body(1, Long.BYTES + offered.transaction().size())
              .putLong(offered.timestamp())
              .put(offered.transaction().unsafeArray())
              .array();
      case Tick tick -> body(2, Long.BYTES).putLong(tick.timestamp()).array();
      case Mined mined ->
          body(3, Long.BYTES + Hash.SIZE)
              .putLong(mined.number())
              .put(mined.hash().toArray())
              .array();
      case Refused _ -> body(4, 0).array();
    };
  }

  private static ByteBuffer body(int type, int length) {
    return ByteBuffer.allocate(1 + length).put((byte) type);
  }

  private JournalEntry decode(ByteBuffer body) throws SettlementException {
    int length = body.remaining() - 1;
    byte type = body.get();
    if (type == 0 && length >= Integer.BYTES) {
      int format = body.getInt();
      if (format > FORMAT) {
        throw new SettlementException(
            Failure.JOURNAL_CORRUPT,
            "%s was written by a newer version of Groundwork (layout %d, this version knows %d)."
                    .formatted(file, format, FORMAT)
                + " Use that version, or start in an empty folder.");
      }
      if (format == FORMAT && length == 20) {
        return new Genesis(body.getLong(), body.getLong());
      }
    }
    if (type == 1 && length > Long.BYTES) {
      return new Offered(body.getLong(), rest(body));
    }
    if (type == 2 && length == Long.BYTES) {
      return new Tick(body.getLong());
    }
    if (type == 3 && length == Long.BYTES + Hash.SIZE) {
      return new Mined(body.getLong(), new Hash(rest(body)));
    }
    if (type == 4 && length == 0) {
      return new Refused();
    }
    throw new SettlementException(
        Failure.JOURNAL_CORRUPT,
        file + " has a record at byte " + position + " of a kind that this version does not know");
  }

  private static Bytes rest(ByteBuffer body) {
    byte[] rest = new byte[body.remaining()];
    body.get(rest);
    return Bytes.wrap(rest);
  }

  private static SettlementException unreadable(Path file, IOException cause) {
    return new SettlementException(
        Failure.FILE_UNUSABLE, file + " cannot be read or written: " + cause.getMessage(), cause);
  }

  @Override
  public void close() throws SettlementException {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}

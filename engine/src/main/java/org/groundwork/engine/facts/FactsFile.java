package org.groundwork.engine.facts;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * Facts as bytes: {@code "GWF1"}, segment (32), record count (u32), canonical size (u32), the
 * canonical bytes, a row for each record (offset u32, state u32, report hash 32), CRC-32C of all
 * before it (u32).
 */
public final class FactsFile {
  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'F', (byte) '1');
  private static final int START = 4 + Hash.SIZE + 4 + 4;
  private static final int CHECKSUM = 4;

  private FactsFile() {}

  static Bytes encode(Segment segment, Bytes rows) {
    int content = START + segment.canonical().size() + rows.size();
    byte[] file = new byte[content + CHECKSUM];
    ByteBuffer.wrap(file)
        .put(MAGIC.unsafeArray())
        .put(segment.hash().bytes().unsafeArray())
        .putInt(segment.count())
        .putInt(segment.canonical().size())
        .put(segment.canonical().unsafeArray())
        .put(rows.unsafeArray());
    long checksum = checksum(MemorySegment.ofArray(file).asSlice(0, content));
    ByteBuffer.wrap(file).putInt(content, (int) checksum);
    return Bytes.wrap(file);
  }

  /** Writes facts that were read from elsewhere. */
  public static void write(SegmentFacts facts, Path path) throws IOException {
    CRC32C crc = new CRC32C();
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer start =
          ByteBuffer.allocate(START)
              .put(MAGIC.unsafeArray())
              .put(facts.segment().bytes().unsafeArray())
              .putInt(facts.count())
              .putInt((int) facts.canonical().byteSize())
              .flip();
      List<ByteBuffer> content =
          List.of(start, facts.canonical().asByteBuffer(), facts.rows().asByteBuffer());
      content.forEach(part -> crc.update(part.duplicate()));
      for (ByteBuffer part : content) {
        writeAll(file, part);
      }
      writeAll(file, ByteBuffer.allocate(CHECKSUM).putInt((int) crc.getValue()).flip());
    }
  }

  private static void writeAll(FileChannel file, ByteBuffer part) throws IOException {
    while (part.hasRemaining()) {
      file.write(part);
    }
  }

  /** Maps a file into memory for as long as its facts are in use. */
  public static SegmentFacts map(Path path) throws IOException, Malformed {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment mapped = file.map(MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto());
      SegmentFacts facts = decode(mapped);
      if (mapped.isMapped()) {
        mapped.unload(); // the checksum went through all of it
      }
      return facts;
    }
  }

  static SegmentFacts decode(MemorySegment file) throws Malformed {
    if (file.byteSize() < START + SegmentHeader.SIZE + CHECKSUM) {
      throw new Malformed("truncated facts");
    }
    CanonicalReader start = reader(file, 0, START);
    if (!start.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not a file of facts");
    }
    Hash segment = start.hash();
    long rowBytes = start.u32() * SegmentFacts.ROW_SIZE;
    long canonicalBytes = start.u32();
    long content = START + canonicalBytes + rowBytes;
    if (file.byteSize() != content + CHECKSUM) {
      throw new Malformed("facts of another size");
    }
    if (reader(file, content, CHECKSUM).u32() != checksum(file.asSlice(0, content))) {
      throw new Malformed("damaged facts");
    }
    return new SegmentFacts(
        SegmentHeader.read(reader(file, START, SegmentHeader.SIZE)),
        segment,
        file.asSlice(START, canonicalBytes),
        file.asSlice(START + canonicalBytes, rowBytes));
  }

  private static CanonicalReader reader(MemorySegment file, long at, int size) {
    byte[] bytes = file.asSlice(at, size).toArray(ValueLayout.JAVA_BYTE);
    return new CanonicalReader(Bytes.wrap(bytes));
  }

  private static long checksum(MemorySegment content) {
    CRC32C crc = new CRC32C();
    crc.update(content.asByteBuffer());
    return crc.getValue();
  }
}

package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * Reads a CAR (ipld.io, "CARv1", "CARv2") from a stream, block by block, with memory for one block.
 * Every block is compared with its CID. An index of version 2 is not read: it adds nothing that the
 * payload does not say.
 */
public final class CarReader {
  /** Blocks above 2 MiB are not exchanged by others; a CAR may still have some. */
  public static final int MAX_BLOCK_BYTES = 8 << 20;

  private static final int MAX_CID_BYTES = 160;
  private static final int MAX_VARINT_BYTES = 9;
  private static final byte[] PRAGMA = HexFormat.of().parseHex("0aa16776657273696f6e02");
  private static final int V2_HEADER_BYTES = 40;
  private static final long UNBOUNDED = Long.MAX_VALUE;

  /**
   * A block.
   *
   * @param offset of its bytes in the stream
   */
  public record Block(Cid cid, Bytes content, long offset) {}

  private final InputStream in;
  private final CarHeader header;
  private final int version;

  /** Bytes read from the stream. */
  private long position;

  /** Where the payload ends. */
  private long end = UNBOUNDED;

  /**
   * Reads the header.
   *
   * @param in not closed here
   * @throws CarException if it is no CAR
   */
  public CarReader(InputStream in) throws IOException {
    this.in = in;
    byte[] first = readHeader();
    if (isPragma(first)) {
      version = 2;
      enterPayload();
      first = readHeader();
    } else {
      version = 1;
    }
    try {
      header = CarHeader.decode(first);
    } catch (Malformed e) {
      throw new CarException("the header cannot be read: " + e.getMessage());
    }
  }

  public int version() {
    return version;
  }

  public CarHeader header() {
    return header;
  }

  private static boolean isPragma(byte[] header) {
    return Arrays.equals(header, Arrays.copyOfRange(PRAGMA, 1, PRAGMA.length));
  }

  private byte[] readHeader() throws IOException {
    long length = length().orElseThrow(() -> new CarException("the file is empty: no header"));
    if (length < 1 || length > CarHeader.MAX_BYTES) {
      throw new CarException(
          "the header names " + length + " bytes; 1 to " + CarHeader.MAX_BYTES + " are possible");
    }
    return content(length, "the header");
  }

  private void enterPayload() throws IOException {
    ByteBuffer head =
        ByteBuffer.wrap(content(V2_HEADER_BYTES, "the header of version 2"))
            .order(ByteOrder.LITTLE_ENDIAN);
    long offset = head.getLong(16);
    long size = head.getLong(24);
    if (offset < position || size < 1 || size > UNBOUNDED - offset) {
      throw new CarException("a payload of " + size + " bytes at " + offset + " is impossible");
    }
    try {
      in.skipNBytes(offset - position);
    } catch (IOException e) {
      throw new CarException("the file ends before its payload: " + e);
    }
    position = offset;
    end = offset + size;
  }

  /**
   * The next block; empty at the end.
   *
   * @throws CarException if the file is cut off, or a block is not what its CID says
   */
  public Optional<Block> next() throws IOException {
    long at = position;
    Optional<Long> length = length();
    if (length.isEmpty()) {
      return Optional.empty();
    }
    if (length.get() < 1 || length.get() > MAX_BLOCK_BYTES + MAX_CID_BYTES) {
      throw new CarException(
          "the block at "
              + at
              + " names "
              + length.get()
              + " bytes; at most "
              + MAX_BLOCK_BYTES
              + " are taken");
    }
    byte[] section = content(length.get(), "the block at " + at);
    ByteBuffer buffer = ByteBuffer.wrap(section);
    Cid cid;
    try {
      cid = Cid.read(buffer);
    } catch (Malformed e) {
      throw new CarException("the block at " + at + " has no CID: " + e.getMessage());
    }
    byte[] content = Arrays.copyOfRange(section, buffer.position(), section.length);
    if (!cid.hash().isKnown()) {
      throw new CarException(
          "the block "
              + cid
              + " at "
              + at
              + " is named by hash "
              + cid.hash().code()
              + ", which is not known here");
    }
    if (!cid.matches(content)) {
      throw new CarException("the block at " + at + " is not the content of its CID " + cid);
    }
    return Optional.of(new Block(cid, Bytes.wrap(content), position - content.length));
  }

  /** A length; empty at the end of the payload. */
  private Optional<Long> length() throws IOException {
    long value = 0;
    for (int count = 0; count < MAX_VARINT_BYTES; count++) {
      int next = position == end ? -1 : in.read();
      if (next < 0) {
        if (count == 0 && (end == UNBOUNDED || position == end)) {
          return Optional.empty();
        }
        throw new CarException("the file ends at " + position + ", inside of a length");
      }
      position++;
      value |= (long) (next & 0x7f) << (7 * count);
      if (next < 0x80) {
        return Optional.of(value);
      }
    }
    throw new CarException("the length before " + position + " has more than nine bytes");
  }

  private byte[] content(long length, String what) throws IOException {
    if (length > end - position) {
      throw new CarException(what + " reaches beyond the payload's end at " + end);
    }
    byte[] content = in.readNBytes((int) length);
    if (content.length < length) {
      throw new CarException(
          "the file ends at " + (position + content.length) + ", inside of " + what);
    }
    position += length;
    return content;
  }
}

package org.groundwork.node.files;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.groundwork.protocol.Bytes;

/**
 * The frame around one entry of a log: magic, length, CRC32C of the content, CRC32C of these three;
 * then the content.
 */
public final class Frame {
  public static final int HEADER = 16;
  static final int MAGIC = 0x47574A31;

  /** The longest content, in bytes. */
  public static final int MAX_CONTENT = 64 << 20;

  private static final int LENGTH_AT = 4;
  private static final int CONTENT_CRC_AT = 8;
  private static final int HEADER_CRC_AT = 12;

  private Frame() {}

  public static ByteBuffer around(Bytes content) {
    if (content.size() > MAX_CONTENT) {
      throw new IllegalArgumentException("entry of " + content.size() + " bytes");
    }
    ByteBuffer frame = ByteBuffer.allocate(HEADER + content.size());
    frame.putInt(MAGIC).putInt(content.size()).putInt(crc(content.unsafeArray(), content.size()));
    frame.putInt(crc(frame.array(), HEADER_CRC_AT));
    return frame.put(content.unsafeArray()).flip();
  }

  /** The length that a sound header announces, or -1. */
  static int contentLength(byte[] header) {
    ByteBuffer fields = ByteBuffer.wrap(header);
    if (fields.getInt(0) != MAGIC || fields.getInt(HEADER_CRC_AT) != crc(header, HEADER_CRC_AT)) {
      return -1;
    }
    int length = fields.getInt(LENGTH_AT);
    return length > MAX_CONTENT ? -1 : length;
  }

  static boolean isSound(byte[] header, byte[] content) {
    return ByteBuffer.wrap(header).getInt(CONTENT_CRC_AT) == crc(content, content.length);
  }

  private static int crc(byte[] content, int length) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, length);
    return (int) crc.getValue();
  }
}

package org.groundwork.engine.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** Bytes as zstd frames of exactly {@link #FRAME_SIZE} raw bytes each, but for the last one. */
final class Frames {
  /** Raw bytes of a frame. */
  static final int FRAME_SIZE = 1 << 20;

  /** The most compressed bytes of a frame, and of a whole segment. */
  static final int MAX_FRAME = (int) Zstd.compressBound(FRAME_SIZE);

  static final int MAX_COMPRESSED = Segment.MAX_SIZE / FRAME_SIZE * MAX_FRAME;

  private static final int LEVEL = 3;
  private static final int MAGIC = 0xFD2FB528;
  private static final int MIN_FRAME_HEADER = 6;

  private Frames() {}

  static Bytes compress(Bytes raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.size() / 2 + 64);
    byte[] target = new byte[MAX_FRAME];
    for (int from = 0; from < raw.size(); from += FRAME_SIZE) {
      int size = Math.min(FRAME_SIZE, raw.size() - from);
      long written =
          Zstd.compressByteArray(target, 0, target.length, raw.unsafeArray(), from, size, LEVEL);
      if (Zstd.isError(written)) {
        throw new IllegalStateException("zstd: " + Zstd.getErrorName(written));
      }
      out.write(target, 0, (int) written);
    }
    return Bytes.wrap(out.toByteArray());
  }

  /**
   * Unpacks a whole file.
   *
   * @throws Malformed unless these are the frames of at most {@code maxRaw} bytes and nothing else
   */
  static Bytes decompress(Bytes compressed, int maxRaw) throws Malformed {
    byte[] source = compressed.unsafeArray();
    ByteArrayOutputStream raw = new ByteArrayOutputStream(Math.min(maxRaw, 4 * source.length));
    int at = 0;
    boolean last = false;
    while (at < source.length) {
      if (last) {
        throw new Malformed("bytes after the last frame, at byte " + at);
      }
      int end = at + frameLength(source, at);
      byte[] frame = decompressFrame(source, at, end - at);
      last = frame.length < FRAME_SIZE;
      if (raw.size() + frame.length > maxRaw) {
        throw new Malformed("more than " + maxRaw + " bytes");
      }
      raw.writeBytes(frame);
      at = end;
    }
    return Bytes.wrap(raw.toByteArray());
  }

  /** Compressed length of the frame that starts here; reads block headers only. */
  static int frameLength(byte[] source, int at) throws Malformed {
    if (source.length - at < MIN_FRAME_HEADER || littleEndian(source, at) != MAGIC) {
      throw new Malformed("no zstd frame at byte " + at);
    }
    long length = compressedSize(source, at);
    if (length < 1 || length > MAX_FRAME) {
      throw new Malformed("oversized frame at byte " + at);
    }
    return (int) length;
  }

  /** The raw bytes of one frame, which must say how many they are. */
  static byte[] decompressFrame(byte[] source, int at, int length) throws Malformed {
    try {
      long size = Zstd.getFrameContentSize(source, at, length);
      if (size < 1 || size > FRAME_SIZE) {
        throw new Malformed("a frame of " + size + " bytes");
      }
      byte[] raw = new byte[(int) size];
      long written = Zstd.decompressByteArray(raw, 0, raw.length, source, at, length);
      if (written != size) {
        throw new Malformed("a frame of another size than it says, at byte " + at);
      }
      return raw;
    } catch (ZstdException e) {
      throw new Malformed("a broken frame at byte " + at + ": " + e.getMessage());
    }
  }

  private static long compressedSize(byte[] source, int at) throws Malformed {
    try {
      return Zstd.findFrameCompressedSize(source, at, source.length - at);
    } catch (ZstdException e) {
      throw new Malformed("truncated or broken frame at byte " + at + ": " + e.getMessage());
    }
  }

  private static int littleEndian(byte[] source, int at) {
    return (source[at] & 0xFF)
        | (source[at + 1] & 0xFF) << 8
        | (source[at + 2] & 0xFF) << 16
        | (source[at + 3] & 0xFF) << 24;
  }
}

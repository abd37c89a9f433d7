package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.groundwork.networks.storage.wire.Varint;

/** Writes a CAR of version 1 to a stream. */
public final class CarWriter {
  private static final byte[] V2_PRAGMA = HexFormat.of().parseHex("0aa16776657273696f6e02");

  /** The pragma, 16 bytes of characteristics, three offsets and sizes. */
  private static final int V2_PREFIX_BYTES = V2_PRAGMA.length + 16 + 3 * Long.BYTES;

  private final OutputStream out;

  public CarWriter(OutputStream out, List<Cid> roots) throws IOException {
    this.out = out;
    byte[] header = new CarHeader(roots).encode();
    out.write(varint(header.length));
    out.write(header);
  }

  public void block(Cid cid, byte[] content) throws IOException {
    byte[] id = cid.encode();
    out.write(varint((long) id.length + content.length));
    out.write(id);
    out.write(content);
  }

  private static byte[] varint(long value) {
    ByteBuffer buffer = ByteBuffer.allocate(Varint.length(value));
    Varint.write(value, buffer);
    return buffer.array();
  }

  /** What version 2 puts before the payload of a file that has no index. */
  public static byte[] versionTwoPrefix(long payloadBytes) {
    return ByteBuffer.allocate(V2_PREFIX_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(V2_PRAGMA)
        .position(V2_PRAGMA.length + 16)
        .putLong(V2_PREFIX_BYTES)
        .putLong(payloadBytes)
        .putLong(0)
        .array();
  }

  /**
   * Puts the root into a file that was written with a placeholder of the same length: a DAG's root
   * is known when its last block is made, and a CAR names it first.
   */
  public static void replaceRoot(Path file, long headerAt, Cid root) throws IOException {
    byte[] header = new CarHeader(List.of(root)).encode();
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(headerAt + Varint.length(header.length));
      open.write(header);
      open.getFD().sync();
    }
  }
}

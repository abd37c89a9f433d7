package org.groundwork.engine.carry;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;

/**
 * A carry snapshot as a file: {@code "GWC1"}, entry count (u64), then the entries strictly
 * ascending, each network (u32), space (u8), length of key (u16), length of value (u32), key,
 * value. Written and read as a stream.
 */
public final class CarryFile {
  /** The most entries that are read. */
  static final long MAX_ENTRIES = 1L << 30;

  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'C', (byte) '1');
  private static final int START = 4 + 8;
  private static final int ENTRY_START = 4 + 1 + 2 + 4;

  private CarryFile() {}

  /** The encoding of one entry: a leaf of the carry root. */
  static Bytes encode(CarryKey key, Bytes value) {
    return new CanonicalWriter()
        .u32(key.network().value())
        .u8(key.space().number())
        .u16(key.key().size())
        .u32(value.size())
        .raw(key.key())
        .raw(value)
        .toBytes();
  }

  public static void write(CarrySnapshot snapshot, OutputStream out) throws IOException {
    out.write(new CanonicalWriter().raw(MAGIC).u64(snapshot.size()).toBytes().unsafeArray());
    for (int i = 0; i < snapshot.size(); i++) {
      out.write(snapshot.encoded(i).unsafeArray());
    }
  }

  /** Reads to the stream's end. */
  public static CarrySnapshot read(InputStream source) throws IOException, Malformed {
    DataInputStream in = new DataInputStream(source);
    CanonicalReader start = take(in, START);
    if (!start.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not a carry snapshot");
    }
    long count = start.count();
    if (count > MAX_ENTRIES) {
      throw new Malformed("a carry of " + count + " entries");
    }
    CarrySnapshot.Builder entries = new CarrySnapshot.Builder();
    for (long i = 0; i < count; i++) {
      readEntry(in, entries);
    }
    if (in.read() != -1) {
      throw new Malformed("bytes after the last entry");
    }
    return entries.build();
  }

  private static void readEntry(DataInputStream in, CarrySnapshot.Builder entries)
      throws IOException, Malformed {
    CanonicalReader start = take(in, ENTRY_START);
    try {
      NetworkId network = new NetworkId(Math.toIntExact(start.u32()));
      CarrySpace space = CarrySpace.of(start.u8());
      int keySize = start.u16();
      long valueSize = start.u32();
      if (keySize > CarryKey.MAX_SIZE || valueSize < 1 || valueSize > Carry.MAX_SIZE) {
        throw new Malformed("a carry entry of " + keySize + " and " + valueSize + " bytes");
      }
      CanonicalReader content = take(in, keySize + (int) valueSize);
      CarryKey key = new CarryKey(network, space, content.raw(keySize));
      entries.add(key, content.raw((int) valueSize));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Malformed("not a carry entry: " + e.getMessage());
    }
  }

  private static CanonicalReader take(DataInputStream in, int size) throws IOException, Malformed {
    byte[] content = new byte[size];
    try {
      in.readFully(content);
    } catch (EOFException e) {
      throw new Malformed("truncated carry snapshot");
    }
    return new CanonicalReader(Bytes.wrap(content));
  }
}

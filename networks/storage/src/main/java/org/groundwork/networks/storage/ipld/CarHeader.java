package org.groundwork.networks.storage.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Malformed;

/** The header of a CAR of version 1: DAG-CBOR {@code {roots: [CID], version: 1}}. */
public record CarHeader(List<Cid> roots) {
  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_ROOTS = 4096;

  public CarHeader {
    roots = List.copyOf(roots);
  }

  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xa2);
    text(out, "roots");
    head(out, CborReader.ARRAY, roots.size());
    for (Cid root : roots) {
      out.write(0xd8);
      out.write(42);
      byte[] cid = root.encode();
      head(out, CborReader.BYTES, cid.length + 1);
      out.write(0);
      out.writeBytes(cid);
    }
    text(out, "version");
    out.write(1);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    head(out, CborReader.TEXT, text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void head(ByteArrayOutputStream out, int major, int argument) {
    if (argument < 24) {
      out.write(major << 5 | argument);
    } else if (argument <= 0xff) {
      out.write(major << 5 | 24);
      out.write(argument);
    } else {
      out.write(major << 5 | 25);
      out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) argument).array());
    }
  }

  static CarHeader decode(byte[] bytes) throws Malformed {
    CborReader in = new CborReader(bytes);
    long entries = in.head(CborReader.MAP);
    long version = -1;
    List<Cid> roots = new ArrayList<>();
    for (long i = 0; i < entries; i++) {
      String key = in.text();
      if (key.equals("version")) {
        version = in.head(CborReader.UNSIGNED);
      } else if (key.equals("roots")) {
        long count = in.head(CborReader.ARRAY);
        if (count < 0 || count > MAX_ROOTS) {
          throw new Malformed("a CAR with " + count + " roots");
        }
        for (long root = 0; root < count; root++) {
          roots.add(in.link());
        }
      } else {
        in.skip(_ -> {});
      }
    }
    if (in.hasMore()) {
      throw new Malformed("bytes after the end of a CAR's header");
    }
    if (version != 1) {
      throw new Malformed("a CAR whose header is of version " + version);
    }
    return new CarHeader(roots);
  }
}

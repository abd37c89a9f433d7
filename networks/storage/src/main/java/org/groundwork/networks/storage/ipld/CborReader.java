package org.groundwork.networks.storage.ipld;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.groundwork.protocol.Malformed;

/** Reads DAG-CBOR: CBOR of definite lengths whose only tag, 42, is a link (ipld.io, "DAG-CBOR"). */
final class CborReader {
  static final int UNSIGNED = 0;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int TAG = 6;
  private static final int SIMPLE = 7;
  private static final int LINK_TAG = 42;
  private static final int MAX_DEPTH = 64;

  private final ByteBuffer in;

  CborReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  /** Reads the head of an item, which must be of this major type. */
  long head(int major) throws Malformed {
    int first = peek();
    if (first >>> 5 != major) {
      throw new Malformed("CBOR of major type " + (first >>> 5) + " instead of " + major);
    }
    return argument();
  }

  private int peek() throws Malformed {
    if (!in.hasRemaining()) {
      throw new Malformed("CBOR is cut off");
    }
    return Byte.toUnsignedInt(in.get(in.position()));
  }

  /** The argument of a head; not above {@link Long#MAX_VALUE}. */
  private long argument() throws Malformed {
    int info = Byte.toUnsignedInt(in.get()) & 31;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw new Malformed("CBOR of indefinite or reserved length");
    }
    int size = 1 << (info - 24);
    if (size > in.remaining()) {
      throw new Malformed("CBOR is cut off");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedInt(in.get());
    }
    return value;
  }

  String text() throws Malformed {
    return new String(content(head(TEXT)), StandardCharsets.UTF_8);
  }

  private byte[] content(long length) throws Malformed {
    if (length < 0 || length > in.remaining()) {
      throw new Malformed("CBOR names " + length + " bytes, " + in.remaining() + " follow");
    }
    byte[] content = new byte[(int) length];
    in.get(content);
    return content;
  }

  Cid link() throws Malformed {
    if (head(TAG) != LINK_TAG) {
      throw new Malformed("a CBOR tag other than 42");
    }
    return linkContent();
  }

  private Cid linkContent() throws Malformed {
    byte[] content = content(head(BYTES));
    if (content.length < 1 || content[0] != 0) {
      throw new Malformed("a link in CBOR that does not begin with the identity base");
    }
    byte[] cid = new byte[content.length - 1];
    System.arraycopy(content, 1, cid, 0, cid.length);
    return Cid.decode(cid);
  }

  /** Passes over one item and tells of the links in it. */
  void skip(Consumer<Cid> links) throws Malformed {
    skip(links, 0);
  }

  private void skip(Consumer<Cid> links, int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw new Malformed("CBOR deeper than " + MAX_DEPTH);
    }
    int major = peek() >>> 5;
    long argument = argument();
    switch (major) {
      case BYTES, TEXT -> content(argument);
      case ARRAY, MAP -> {
        // Each item takes a byte at least, so a lie about their number ends with the bytes.
        for (long i = 0; i < argument || argument < 0; i++) {
          skip(links, depth + 1);
          if (major == MAP) {
            skip(links, depth + 1);
          }
        }
      }
      case TAG -> {
        if (argument == LINK_TAG) {
          links.accept(linkContent());
        } else {
          skip(links, depth + 1);
        }
      }
      default -> {
        if (major > SIMPLE) {
          throw new Malformed("CBOR of major type " + major);
        }
      }
    }
  }
}

package org.groundwork.networks.storage.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.groundwork.networks.storage.wire.Varint;
import org.groundwork.protocol.Malformed;

/** The little of protocol buffers that DAG-PB and UnixFS use: varints and byte strings. */
final class Protobuf {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int WIRE_BITS = 3;

  /** Ten bytes hold 64 bits. */
  private static final int MAX_VARINT_BYTES = 10;

  private Protobuf() {}

  /** Writes fields one after the other. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer number(int field, long value) {
      varint((long) field << WIRE_BITS | VARINT);
      varint(value);
      return this;
    }

    Writer bytes(int field, byte[] content) {
      varint((long) field << WIRE_BITS | BYTES);
      varint(content.length);
      out.writeBytes(content);
      return this;
    }

    private void varint(long value) {
      ByteBuffer buffer = ByteBuffer.allocate(Varint.MAX_BYTES);
      Varint.write(value, buffer);
      out.write(buffer.array(), 0, buffer.position());
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }

  /** Reads fields one after the other. */
  static final class Reader {
    private final ByteBuffer in;
    private int field;
    private int wire;

    Reader(byte[] bytes) {
      this(ByteBuffer.wrap(bytes));
    }

    private Reader(ByteBuffer in) {
      this.in = in;
    }

    /** Goes to the next field; false at the end. */
    boolean next() throws Malformed {
      if (!in.hasRemaining()) {
        return false;
      }
      long tag = varint();
      if (tag >>> WIRE_BITS < 1 || tag >>> WIRE_BITS > 1 << 20) {
        throw new Malformed("a protobuf field of number " + (tag >>> WIRE_BITS));
      }
      field = (int) (tag >>> WIRE_BITS);
      wire = (int) tag & 7;
      return true;
    }

    int field() {
      return field;
    }

    /** The number of this field; not above {@link Long#MAX_VALUE}. */
    long number() throws Malformed {
      if (wire != VARINT) {
        throw new Malformed("protobuf field " + field + " is no number");
      }
      long value = varint();
      if (value < 0) {
        throw new Malformed("protobuf field " + field + " is above 2^63");
      }
      return value;
    }

    byte[] bytes() throws Malformed {
      if (wire != BYTES) {
        throw new Malformed("protobuf field " + field + " is no byte string");
      }
      byte[] content = new byte[length()];
      in.get(content);
      return content;
    }

    /** Numbers in one byte string, as newer encoders write repeated ones; or a single one. */
    void numbers(List<Long> into) throws Malformed {
      if (wire == VARINT) {
        into.add(number());
        return;
      }
      Reader packed = new Reader(bytes());
      while (packed.in.hasRemaining()) {
        long value = packed.varint();
        if (value < 0) {
          throw new Malformed("protobuf field " + field + " is above 2^63");
        }
        into.add(value);
      }
    }

    /** Passes over a field that is not known. */
    void skip() throws Malformed {
      int length =
          switch (wire) {
            case VARINT -> {
              varint();
              yield 0;
            }
            case 1 -> Long.BYTES;
            case BYTES -> length();
            case 5 -> Integer.BYTES;
            default -> throw new Malformed("a protobuf field of wire type " + wire);
          };
      if (length > in.remaining()) {
        throw new Malformed("protobuf field " + field + " is cut off");
      }
      in.position(in.position() + length);
    }

    private int length() throws Malformed {
      long length = varint();
      if (length < 0 || length > in.remaining()) {
        throw new Malformed("protobuf field " + field + " is cut off");
      }
      return (int) length;
    }

    /** Protobuf's own varints may be longer than needed. */
    private long varint() throws Malformed {
      long value = 0;
      for (int count = 0; count < MAX_VARINT_BYTES; count++) {
        if (!in.hasRemaining()) {
          throw new Malformed("a protobuf varint is cut off");
        }
        int next = Byte.toUnsignedInt(in.get());
        value |= (long) (next & 0x7f) << (7 * count);
        if (next < 0x80) {
          return value;
        }
      }
      throw new Malformed("a protobuf varint has more than " + MAX_VARINT_BYTES + " bytes");
    }
  }
}

package org.groundwork.networks.sensing.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;

/**
 * The frames of a WebSocket on which only the server speaks (RFC 6455, section 5): text goes out,
 * and of what comes in only control frames are taken.
 */
final class Frames {
  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED = 1003;
  static final int POLICY = 1008;
  static final int PING = 9;
  static final int PONG = 10;
  static final int CLOSE = 8;
  private static final int TEXT = 1;
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL = 125;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private Frames() {}

  /** Where octets come from. */
  interface Octets {
    /** The next one; -1 if there is none any more. */
    int next() throws IOException;
  }

  /** A control frame of a client. */
  record Control(int opcode, Bytes content) {}

  /** A client broke the protocol, or sent what is not taken. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;

    Refused(int code) {
      super("WebSocket code " + code);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static Bytes text(String text) {
    return frame(TEXT, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Bytes pong(Bytes content) {
    return frame(PONG, content);
  }

  static Bytes close(int code) {
    return frame(CLOSE, new CanonicalWriter().u16(code).toBytes());
  }

  private static Bytes frame(int opcode, Bytes content) {
    CanonicalWriter out = new CanonicalWriter(content.size() + 10).u8(FIN | opcode);
    if (content.size() < LENGTH_16) {
      out.u8(content.size());
    } else if (content.size() < 1 << 16) {
      out.u8(LENGTH_16).u16(content.size());
    } else {
      out.u8(LENGTH_64).u64(content.size());
    }
    return out.raw(content).toBytes();
  }

  /**
   * Reads a frame of a client.
   *
   * @throws EOFException if there is none any more
   */
  static Control read(Octets in) throws IOException, Refused {
    int first = octet(in);
    int second = octet(in);
    int opcode = first & 0xF;
    int length = second & ~MASKED;
    if ((second & MASKED) == 0 || (first & 0x70) != 0) {
      throw new Refused(PROTOCOL_ERROR);
    }
    if (opcode < CLOSE) {
      throw new Refused(UNSUPPORTED);
    }
    if (opcode > PONG || (first & FIN) == 0 || length > MAX_CONTROL) {
      throw new Refused(PROTOCOL_ERROR);
    }
    byte[] mask = {(byte) octet(in), (byte) octet(in), (byte) octet(in), (byte) octet(in)};
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (octet(in) ^ mask[i & 3]);
    }
    return new Control(opcode, Bytes.wrap(content));
  }

  private static int octet(Octets in) throws IOException {
    int octet = in.next();
    if (octet < 0) {
      throw new EOFException("the peer is gone");
    }
    return octet;
  }
}

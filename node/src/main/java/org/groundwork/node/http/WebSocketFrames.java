package org.groundwork.node.http;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;

/** Writes the frames of a WebSocket server, which are not masked (RFC 6455, section 5). */
final class WebSocketFrames {
  private static final int TEXT = 0x81;
  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private WebSocketFrames() {}

  /** The frame of one whole binary message. */
  static void message(CanonicalWriter out, Bytes content) {
    frame(out, BINARY, content);
  }

  /** The frame of one whole text, in UTF-8. */
  static void text(CanonicalWriter out, Bytes content) {
    frame(out, TEXT, content);
  }

  static Bytes ping() {
    return control(PING, Bytes.EMPTY);
  }

  static Bytes pong(Bytes content) {
    return control(PONG, content);
  }

  static Bytes close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    Bytes kept = Bytes.wrap(text).slice(0, Math.min(text.length, WebSocketReader.MAX_CONTROL - 2));
    return control(CLOSE, new CanonicalWriter().u16(code).raw(kept).toBytes());
  }

  private static Bytes control(int first, Bytes content) {
    CanonicalWriter out = new CanonicalWriter();
    frame(out, first, content);
    return out.toBytes();
  }

  private static void frame(CanonicalWriter out, int first, Bytes content) {
    out.u8(first);
    int length = content.size();
    if (length < LENGTH_16) {
      out.u8(length);
    } else if (length < 1 << 16) {
      out.u8(LENGTH_16).u16(length);
    } else {
      out.u8(LENGTH_64).u64(length);
    }
    out.raw(content);
  }
}

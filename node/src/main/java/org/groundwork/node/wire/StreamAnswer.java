package org.groundwork.node.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;

/** What a gateway says on a stream to one report; a message holds one for each, in order. */
public sealed interface StreamAnswer {
  /** The path of the stream, below a gateway's address. */
  String PATH = "/v1/reports/stream";

  /** The subprotocol of the WebSocket. */
  String SUBPROTOCOL = "groundwork.reports.1";

  /** The most bytes of a message, in both directions. */
  int MAX_MESSAGE = 1 << 20;

  /** The most reports of a message. */
  int MAX_REPORTS = 1000;

  int PROMISED = 0;
  int REFUSED = 1;

  /** The most bytes of a code. */
  int MAX_CODE = 64;

  /** Durable, and will be sealed. */
  record Promised(Promise promise) implements StreamAnswer {}

  /**
   * Not admitted.
   *
   * @param code stable, such as {@code refused.busy}
   * @param retryAfterMillis when to send it again; 0 for never
   */
  record Refused(String code, long retryAfterMillis) implements StreamAnswer {}

  static void write(CanonicalWriter out, Promise promise) {
    promise.writeTo(out.u8(PROMISED));
  }

  static void write(CanonicalWriter out, String code, long retryAfterMillis) {
    Bytes ascii = Bytes.wrap(code.getBytes(StandardCharsets.US_ASCII));
    out.u8(REFUSED).bytes(ascii).u32(retryAfterMillis);
  }

  /**
   * Reads a message of answers.
   *
   * @param count how many are wanted
   */
  static List<StreamAnswer> decode(Bytes message, int count) throws Malformed {
    CanonicalReader in = new CanonicalReader(message);
    List<StreamAnswer> answers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      answers.add(read(in));
    }
    in.end();
    return answers;
  }

  /** The first answer of a message. */
  static StreamAnswer first(Bytes message) throws Malformed {
    return read(new CanonicalReader(message));
  }

  private static StreamAnswer read(CanonicalReader in) throws Malformed {
    int kind = in.u8();
    return switch (kind) {
      case PROMISED -> new Promised(Promise.read(in));
      case REFUSED -> new Refused(code(in.bytes(MAX_CODE)), in.u32());
      default -> throw new Malformed("answer of unknown kind " + kind);
    };
  }

  private static String code(Bytes ascii) throws Malformed {
    String code = new String(ascii.unsafeArray(), StandardCharsets.US_ASCII);
    if (!code.matches("[a-z.-]+")) {
      throw new Malformed("not a code");
    }
    return code;
  }
}

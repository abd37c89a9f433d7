package org.groundwork.node.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/**
 * Reads what a WebSocket client sends (RFC 6455): whole binary messages up to a bound, and control
 * frames. Memory grows with what has come, not with what is announced.
 */
final class WebSocketReader {
  /** What a client sends. */
  sealed interface Event {
    record Message(Bytes content) implements Event {}

    record Ping(Bytes content) implements Event {}

    /** The client sends nothing any more. */
    record Close() implements Event {}
  }

  static final int MAX_CONTROL = 125;
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int CHUNK = 64 << 10;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final InputStream in;
  private final int maxMessage;
  private byte[] message = new byte[0];
  private int size;

  /** Whether a message has begun whose end has not come. */
  private boolean open;

  WebSocketReader(InputStream in, int maxMessage) {
    this.in = in;
    this.maxMessage = maxMessage;
  }

  /** The next event; an end between frames is one too. */
  Event next() throws IOException, WebSocketFailure {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return new Event.Close();
      }
      Optional<Event> event = frame(first);
      if (event.isPresent()) {
        return event.get();
      }
    }
  }

  private Optional<Event> frame(int first) throws IOException, WebSocketFailure {
    int second = octet();
    if ((first & RESERVED) != 0 || (second & MASKED) == 0) {
      throw new WebSocketFailure(
          WebSocketFailure.PROTOCOL_ERROR, "reserved bits, or a frame without a mask");
    }
    boolean last = (first & FIN) != 0;
    long length = length(second & ~MASKED);
    int opcode = first & 0xF;
    return switch (opcode) {
      case BINARY, CONTINUATION -> data(opcode, last, length);
      case CLOSE, PING, PONG -> control(opcode, last, length);
      case TEXT -> throw new WebSocketFailure(WebSocketFailure.UNSUPPORTED, "text is not taken");
      default -> throw new WebSocketFailure(WebSocketFailure.PROTOCOL_ERROR, "unknown opcode");
    };
  }

  private Optional<Event> data(int opcode, boolean last, long length)
      throws IOException, WebSocketFailure {
    if (open != (opcode == CONTINUATION)) {
      throw new WebSocketFailure(
          WebSocketFailure.PROTOCOL_ERROR, "a frame that does not belong to a message");
    }
    if (length > maxMessage - size) {
      throw new WebSocketFailure(
          WebSocketFailure.TOO_BIG, "at most " + maxMessage + " bytes are taken");
    }
    append(payload((int) length));
    open = !last;
    if (open) {
      return Optional.empty();
    }
    Bytes content = Bytes.wrap(message.length == size ? message : Arrays.copyOf(message, size));
    message = new byte[0];
    size = 0;
    return Optional.of(new Event.Message(content));
  }

  private void append(byte[] payload) {
    if (size == 0) {
      message = payload;
    } else {
      if (size + payload.length > message.length) {
        message = Arrays.copyOf(message, Math.max(size + payload.length, 2 * message.length));
      }
      System.arraycopy(payload, 0, message, size, payload.length);
    }
    size += payload.length;
  }

  private Optional<Event> control(int opcode, boolean last, long length)
      throws IOException, WebSocketFailure {
    if (!last || length > MAX_CONTROL) {
      throw new WebSocketFailure(WebSocketFailure.PROTOCOL_ERROR, "a control frame that is split");
    }
    Bytes content = Bytes.wrap(payload((int) length));
    return switch (opcode) {
      case PING -> Optional.of(new Event.Ping(content));
      case CLOSE -> Optional.of(new Event.Close());
      default -> Optional.empty();
    };
  }

  private long length(int announced) throws IOException, WebSocketFailure {
    long length = announced;
    int octets = announced == LENGTH_16 ? 2 : announced == LENGTH_64 ? 8 : 0;
    if (octets > 0) {
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | octet();
      }
      if (length < (octets == 2 ? LENGTH_16 : 1 << 16)) {
        throw new WebSocketFailure(
            WebSocketFailure.PROTOCOL_ERROR, "a length that is not in its shortest form");
      }
    }
    return length;
  }

  private byte[] payload(int length) throws IOException {
    long mask = 0;
    for (int i = 0; i < 4; i++) {
      mask = mask << 8 | octet();
    }
    byte[] payload = new byte[Math.min(length, CHUNK)];
    int at = 0;
    while (at < length) {
      if (at == payload.length) {
        payload = Arrays.copyOf(payload, Math.min(length, 2 * at));
      }
      int read = in.read(payload, at, payload.length - at);
      if (read < 0) {
        throw new EOFException("a frame is cut off");
      }
      at += read;
    }
    unmask(payload, mask << 32 | mask);
    return payload;
  }

  private static void unmask(byte[] payload, long mask) {
    int at = 0;
    for (; at + 8 <= payload.length; at += 8) {
      LONGS.set(payload, at, (long) LONGS.get(payload, at) ^ mask);
    }
    for (; at < payload.length; at++) {
      payload[at] ^= (byte) (mask >>> (56 - 8 * (at & 7)));
    }
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("a frame is cut off");
    }
    return octet;
  }
}

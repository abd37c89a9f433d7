package org.groundwork.node.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.Bytes;

/** A client of a stream that can do everything wrong. */
final class RawWebSocket implements AutoCloseable {
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  private static final byte[] MASK = {17, -3, 99, 0};
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  RawWebSocket(URI gateway) throws IOException {
    this(gateway, 1 << 16);
  }

  RawWebSocket(URI gateway, int receiveBuffer) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    in = new DataInputStream(socket.getInputStream());
    send(
        ("GET "
                + StreamAnswer.PATH
                + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** The head of the response. */
  String response() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** A masked frame. */
  static byte[] frame(int first, Bytes content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int length = content.size();
    if (length < 126) {
      out.write(0x80 | length);
    } else if (length < 1 << 16) {
      out.write(0x80 | 126);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) length >>> shift));
      }
    }
    out.writeBytes(MASK);
    for (int i = 0; i < length; i++) {
      out.write(content.get(i) ^ MASK[i % 4]);
    }
    return out.toByteArray();
  }

  void send(byte[] content) throws IOException {
    socket.getOutputStream().write(content);
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** A frame of the server: its first octet and its content. */
  record Received(int first, Bytes content) {
    int closeCode() {
      return (content.get(0) & 0xFF) << 8 | (content.get(1) & 0xFF);
    }
  }

  Received receive() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Received(first, Bytes.wrap(in.readNBytes((int) length)));
  }

  /** Whether the server has ended the connection, in order or by a reset. */
  boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package org.groundwork.node.http;

import io.helidon.common.buffers.DataReader;
import java.io.InputStream;

/** What comes on a connection, as a stream. */
final class ConnectionInput extends InputStream {
  private final DataReader in;

  ConnectionInput(DataReader in) {
    this.in = in;
  }

  @Override
  public int read() {
    return isAtEnd() ? -1 : in.read() & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    return in.readBuffer(Math.min(length, in.available())).read(target, from, length);
  }

  private boolean isAtEnd() {
    try {
      in.ensureAvailable();
      return false;
    } catch (DataReader.InsufficientDataAvailableException e) {
      return true;
    }
  }
}

package org.groundwork.node.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ServerConnectionException;
import java.io.InputStream;
import org.groundwork.agent.http.TimedSockets;

/** What comes on a connection, as a stream; however long nothing comes. */
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
    while (true) {
      try {
        in.ensureAvailable();
        return false;
      } catch (DataReader.InsufficientDataAvailableException e) {
        return true;
      } catch (ServerConnectionException e) {
        if (!TimedSockets.isTimeout(e)) {
          throw e;
        }
      }
    }
  }
}

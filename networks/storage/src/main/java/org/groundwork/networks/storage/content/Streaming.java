package org.groundwork.networks.storage.content;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;

/** Sends bytes whose source may fail: before the first byte with an error, after it by a cut. */
public final class Streaming {
  private Streaming() {}

  /** Writes the content. */
  public interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Sends.
   *
   * @throws IOException if the source failed before its first byte: nothing was sent
   */
  public static void send(ServerResponse response, Source source) throws IOException {
    var out = new LazyOutput(response);
    try {
      source.writeTo(out);
      out.finish();
    } catch (IOException e) {
      if (out.started) {
        throw new CloseConnectionException("the content could not be read to its end", e);
      }
      throw e;
    }
  }

  private static final class LazyOutput extends OutputStream {
    private final ServerResponse response;
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean started;

    LazyOutput(ServerResponse response) {
      this.response = response;
    }

    private OutputStream out() {
      if (!started) {
        started = true;
        out = response.outputStream();
      }
      return out;
    }

    @Override
    public void write(int b) throws IOException {
      out().write(b);
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
      if (length > 0) {
        out().write(b, offset, length);
      }
    }

    void finish() throws IOException {
      if (started) {
        out.close();
      } else {
        response.send();
      }
    }
  }
}

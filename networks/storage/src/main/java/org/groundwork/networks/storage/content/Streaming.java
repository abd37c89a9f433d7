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
    var out = new LateOutput(response);
    try {
      source.writeTo(out);
      out.finish();
    } catch (IOException e) {
      if (out.started()) {
        throw new CloseConnectionException("the content could not be read to its end", e);
      }
      throw e;
    }
  }
}

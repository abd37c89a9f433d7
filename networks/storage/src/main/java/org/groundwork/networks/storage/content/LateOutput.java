package org.groundwork.networks.storage.content;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;

/** Starts an answer with its first byte, so that until then it can still become an error. */
public final class LateOutput extends OutputStream {
  private final ServerResponse response;
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean started;

  public LateOutput(ServerResponse response) {
    this.response = response;
  }

  /** Whether the head of the answer has gone. */
  public boolean started() {
    return started;
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

  /** Ends the answer, also one without a byte. */
  public void finish() throws IOException {
    if (started) {
      out.close();
    } else {
      response.send();
    }
  }
}

package org.groundwork.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.ReportBody;

/** Payloads as a program writes them: a JSON object in each line. */
final class ReadingLines {
  private final InputStream in;

  ReadingLines(InputStream in) {
    this.in = in;
  }

  /** Text without the end of its line; other bytes as they are. */
  static Bytes trimmed(Bytes payload) {
    if (payload.isEmpty() || payload.get(0) != '{') {
      return payload;
    }
    int end = payload.size();
    while (end > 0 && (payload.get(end - 1) == '\n' || payload.get(end - 1) == '\r')) {
      end--;
    }
    return payload.slice(0, end);
  }

  /**
   * The next line that is not empty; waits for it.
   *
   * @return empty at the end
   * @throws IOException if it is longer than any payload
   */
  Optional<Bytes> next() throws IOException {
    byte[] line = new byte[ReportBody.MAX_PAYLOAD];
    int size = 0;
    for (int read = in.read(); read >= 0; read = in.read()) {
      boolean end = read == '\n' || read == '\r';
      if (end && size > 0) {
        break;
      }
      if (!end) {
        if (size == line.length) {
          throw new IOException("A line is longer than " + line.length + " bytes.");
        }
        line[size++] = (byte) read;
      }
    }
    return size == 0
        ? Optional.empty()
        : Optional.of(Bytes.of(java.util.Arrays.copyOf(line, size)));
  }
}

package org.groundwork.cli.join;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** One POST of JSON and its answer, both bounded. */
final class Forward {
  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private static final int OK = 200;

  private Forward() {}

  /**
   * Sends it.
   *
   * @throws IOException if there is no answer, another status than 200, or too much
   */
  static byte[] send(HttpClient http, HttpRequest.Builder to, byte[] body, Duration patience)
      throws IOException {
    HttpRequest request =
        to.timeout(patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
        if (answer.statusCode() != OK) {
          throw new RefusedException(answer.statusCode());
        }
        if (bytes.length > MAX_ANSWER_BYTES) {
          throw new IOException("the answer is too long");
        }
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** An answer of another status than 200. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status) {
      super("the other side answers with status " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}

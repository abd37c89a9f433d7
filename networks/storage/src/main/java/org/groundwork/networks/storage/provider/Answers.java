package org.groundwork.networks.storage.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers, and leaves the connection so that it can be used again, or closed. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 128 * 1024;

  /** What a client is still sending when an error is known: so much is read to its end. */
  private static final long MAX_DRAINED = 8L << 20;

  private Answers() {}

  static void send(ServerResponse response, ObjectNode body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(body.toString().getBytes(StandardCharsets.UTF_8));
  }

  static void fail(ServerRequest request, ServerResponse response, ProviderException e) {
    if (response.isSent()) {
      throw new CloseConnectionException("the answer was under way", e);
    }
    boolean reusable = drain(request);
    response.status(Status.create(e.error().status()));
    if (!reusable) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    send(
        response,
        JSON.createObjectNode().put("code", e.error().code()).put("message", e.getMessage()));
    if (!reusable) {
      throw new CloseConnectionException("the request's body was not read");
    }
  }

  /** Whether the connection can be used again: nothing of the request is left on it. */
  private static boolean drain(ServerRequest request) {
    if (request.content().consumed() || !request.content().hasEntity()) {
      return true;
    }
    // A client that waits for leave to send gets the answer instead.
    return !request.headers().contains(HeaderValues.EXPECT_100) && drain(request.content());
  }

  private static boolean drain(ReadableEntity content) {
    try {
      return drain(content.inputStream());
    } catch (IllegalStateException e) {
      return false; // It was opened before and not read to its end.
    }
  }

  static boolean drain(InputStream in) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (long left = MAX_DRAINED; left > 0; ) {
        int read = in.read(buffer);
        if (read < 0) {
          return true;
        }
        left -= read;
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("A request's body was cut off: {}", e.toString());
    }
    return false;
  }
}

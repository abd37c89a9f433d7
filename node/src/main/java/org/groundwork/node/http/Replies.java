package org.groundwork.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Optional;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How requests end: JSON, bytes, or an error of the closed set. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final long BUSY_SECONDS = 1;
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  private Replies() {}

  /** One route. */
  interface Endpoint {
    void handle(ServerRequest request, ServerResponse response)
        throws ApiException, IOException, InterruptedException;
  }

  /**
   * The route's root: whatever happens, the peer gets a reply and learns nothing of our insides.
   */
  static Handler guarded(Endpoint endpoint) {
    return (request, response) -> {
      try {
        endpoint.handle(request, response);
      } catch (ApiException e) {
        error(response, e.error(), String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        error(response, ApiError.BUSY, ApiError.BUSY.sentence());
      } catch (IOException e) {
        LOG.warn("{} {}: {}", request.prologue().method(), path(request), e.toString());
        error(response, ApiError.INTERNAL, ApiError.INTERNAL.sentence());
      } catch (RuntimeException e) {
        LOG.error("{} {}", request.prologue().method(), path(request), e);
        error(response, ApiError.INTERNAL, ApiError.INTERNAL.sentence());
      }
    };
  }

  static String path(ServerRequest request) {
    return request.prologue().uriPath().rawPath();
  }

  static void json(ServerResponse response, int status, JsonNode json) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, JSON)
        .send(Json.encode(json).unsafeArray());
  }

  /** Says when to come back, in seconds. */
  static void retryAfter(ServerResponse response, long seconds) {
    response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
  }

  static void json(ServerResponse response, JsonNode json) {
    json(response, 200, json);
  }

  /** The bytes, or the error that they are not here. */
  static void bytes(ServerResponse response, Optional<Bytes> content) throws ApiException {
    Bytes found = content.orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    response.status(200).header(HeaderNames.CONTENT_TYPE, BYTES).send(found.unsafeArray());
  }

  static void text(ServerResponse response, String text) {
    response.status(200).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").send(text);
  }

  static void error(ServerResponse response, ApiError error, String message) {
    if (!response.isSent()) {
      if (error == ApiError.BUSY) {
        retryAfter(response, BUSY_SECONDS);
      }
      json(response, error.status(), AnswerJson.error(error.code(), message));
    }
  }
}

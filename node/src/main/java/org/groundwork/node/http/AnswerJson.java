package org.groundwork.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Promise;

/** Answers to reports as JSON. */
public final class AnswerJson {
  private AnswerJson() {}

  public static ObjectNode of(Answer answer) {
    return switch (answer) {
      case Answer.Promised promised -> {
        Promise promise = promised.promise();
        yield Json.object()
            .put("promise", promise.encode().toHex())
            .put("slot", promise.slot().value())
            .put("report", promise.report().toHex());
      }
      case Answer.Refused(Refusal refusal) -> of(refusal, refusal.sentence());
    };
  }

  public static ObjectNode of(Refusal refusal, String message) {
    ObjectNode json = error(refusal.code(), message);
    refusal.retryAfter().ifPresent(wait -> json.put("retryAfterMillis", wait.toMillis()));
    return json;
  }

  /** When to send the report again; empty if that is of no use. */
  static Optional<Duration> retryAfter(Answer answer) {
    return switch (answer) {
      case Answer.Promised _ -> Optional.empty();
      case Answer.Refused(Refusal refusal) -> refusal.retryAfter();
    };
  }

  static ObjectNode error(String code, String message) {
    ObjectNode json = Json.object();
    json.putObject("error").put("code", code).put("message", message);
    return json;
  }

  static int status(Answer answer) {
    return switch (answer) {
      case Answer.Promised _ -> 200;
      case Answer.Refused(Refusal refusal) -> status(refusal);
    };
  }

  static int status(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED -> 400;
      case TOO_LARGE -> 413;
      case WRONG_DEPLOYMENT, WRONG_NETWORK, WRONG_KEY, WRONG_SIGNATURE, OTHER_DEVICE -> 403;
      case UNKNOWN_DEVICE -> 404;
      case OLD_EPOCH -> 409;
      case TOO_MANY, RATE_LIMITED -> 429;
      case BUSY -> 503;
    };
  }
}

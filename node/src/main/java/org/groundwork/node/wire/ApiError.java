package org.groundwork.node.wire;

/** What a request can fail with, beside the refusals of reports: a closed set, stable codes. */
public enum ApiError {
  MALFORMED(400, "request.malformed", "The request cannot be read."),
  UNSIGNED(401, "request.unsigned", "The request must be signed by an account with stake."),
  FORBIDDEN(403, "request.forbidden", "The account that signed may not do this."),
  NOT_FOUND(404, "request.not-found", "There is nothing here."),
  NOT_YET(409, "request.not-yet", "The node is not ready for this; try again."),
  TOO_LATE(409, "request.too-late", "The deadline for this has passed."),
  MISSING_SEGMENTS(409, "index.missing-segments", "The node lacks segments of this index."),
  PROMISE_KEPT(409, "promise.kept", "The report stands in an input of its epoch."),
  LENGTH_REQUIRED(411, "request.length-required", "The request must say how long its body is."),
  TOO_LARGE(413, "request.too-large", "The body is larger than this node takes."),
  TOO_SLOW(408, "request.too-slow", "The body did not arrive in time."),
  BUSY(503, "request.busy", "The node cannot take more now; try again."),
  INTERNAL(500, "request.failed", "The node could not do this; its log says why.");

  private final int status;
  private final String code;
  private final String sentence;

  ApiError(int status, String code, String sentence) {
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }
}

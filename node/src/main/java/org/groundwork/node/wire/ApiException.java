package org.groundwork.node.wire;

/** Ends a request with an error of the closed set. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ApiError error;

  public ApiException(ApiError error) {
    this(error, "");
  }

  /** With a detail that a peer may read. */
  public ApiException(ApiError error, String detail) {
    super(detail.isEmpty() ? error.sentence() : error.sentence() + " " + detail);
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}

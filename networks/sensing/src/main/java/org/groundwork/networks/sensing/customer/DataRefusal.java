package org.groundwork.networks.sensing.customer;

import java.io.IOException;

/** A server refused what a customer asked for. */
public final class DataRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final String code;

  DataRefusal(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable, such as {@code scope.not-covered}. */
  public String code() {
    return code;
  }
}

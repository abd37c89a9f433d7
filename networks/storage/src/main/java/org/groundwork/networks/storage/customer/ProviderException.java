package org.groundwork.networks.storage.customer;

import java.io.IOException;

/** What a provider answered instead of what was asked for. */
final class ProviderException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  ProviderException(int status, String code, String message) {
    super(code + ": " + message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  /** Whether the same request may succeed later. */
  boolean isPassing() {
    return status >= 500;
  }

  /** Whether the provider is busy, or wants something of this side first. */
  boolean saysNothingOfThePiece() {
    return status == 401 || status == 402 || status == 403 || status == 503;
  }

  /** The provider's stable code, such as {@code storage.full}. */
  String code() {
    return code;
  }
}

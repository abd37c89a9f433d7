package org.groundwork.networks.storage.provider;

/** A request that is answered with an error. */
final class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;
  private final ProviderError error;

  ProviderException(ProviderError error, String message) {
    super(message);
    this.error = error;
  }

  ProviderError error() {
    return error;
  }
}

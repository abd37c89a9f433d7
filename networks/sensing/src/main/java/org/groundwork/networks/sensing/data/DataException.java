package org.groundwork.networks.sensing.data;

/** A customer is refused. */
final class DataException extends Exception {
  private static final long serialVersionUID = 1;

  private final DataError error;

  DataException(DataError error, String message) {
    super(message);
    this.error = error;
  }

  DataError error() {
    return error;
  }
}

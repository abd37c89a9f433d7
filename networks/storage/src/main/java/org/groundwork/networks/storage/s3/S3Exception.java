package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request that is answered with an error. An {@link IOException}, so that a body which turns out
 * wrong while it is read can say so through an {@link ObjectStore}.
 */
final class S3Exception extends IOException {
  private final S3Error error;

  /** Headers of the answer. */
  private final SortedMap<String, String> headers = new TreeMap<>();

  S3Exception(S3Error error, String message) {
    super(message);
    this.error = error;
  }

  S3Error error() {
    return error;
  }

  S3Exception header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  SortedMap<String, String> headers() {
    return Collections.unmodifiableSortedMap(headers);
  }

  /** The message of an exception made here is never missing. */
  String text() {
    String message = getMessage();
    return message == null ? error.message() : message;
  }

  static S3Exception of(ObjectStoreException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case ObjectStoreException.NotEnoughProviders e ->
          S3Error.ServiceUnavailable.exception(message);
      case ObjectStoreException.StorageFull e -> S3Error.InsufficientStorage.exception(message);
      case ObjectStoreException.ReservationExhausted e ->
          S3Error.ReservationExhausted.exception(message);
      case ObjectStoreException.Corrupted e -> S3Error.ObjectCorrupted.exception(message);
    };
  }
}

package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;

/** What came of asking a provider for a piece. */
public enum Finding {
  GOOD,
  /** What came is not what the commitment says: the bytes themselves show it. */
  ALTERED,
  /** The provider says that its copy is damaged. */
  DAMAGED,
  /** The provider says that it has no such piece. */
  NOT_FOUND,
  /** It does not answer at all. */
  OFFLINE,
  /** It took the request and did not answer in time. */
  TIMEOUT,
  /** Anything else. */
  UNKNOWN;

  /** Whether the piece is lost there beyond doubt. */
  public boolean isFailure() {
    return this == ALTERED || this == DAMAGED || this == NOT_FOUND;
  }

  /** Whether the provider has something else in the piece's place. */
  boolean isDamage() {
    return this == ALTERED || this == DAMAGED;
  }

  static Finding of(ProviderException refusal) {
    if (refusal.code().equals("piece.damaged")) {
      return DAMAGED;
    }
    return refusal.status() == 404 ? NOT_FOUND : UNKNOWN;
  }

  static Finding of(IOException failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _, ConnectException _ -> OFFLINE;
      case HttpTimeoutException _ -> TIMEOUT;
      default -> UNKNOWN;
    };
  }
}

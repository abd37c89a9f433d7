package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.groundwork.protocol.Bytes;

/** A small object that waits for its place in a pack. */
record PackMember(Bytes content, CompletableFuture<Stored> place) {
  PackMember(Bytes content) {
    this(content, new CompletableFuture<>());
  }

  void succeed(Stored stored) {
    place.complete(stored);
  }

  void fail(Exception because) {
    place.completeExceptionally(because);
  }

  /** Waits to the end, interrupted or not: what was stored must not be forgotten. */
  Stored await() throws IOException, ObjectStoreException {
    try {
      return place.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw new IOException(cause.getMessage(), cause);
        case ObjectStoreException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}

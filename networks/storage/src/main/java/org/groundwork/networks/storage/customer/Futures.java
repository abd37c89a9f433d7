package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.groundwork.networks.storage.s3.ObjectStoreException;

/** Waiting for what another thread does, with its checked exceptions as they were. */
final class Futures {
  private Futures() {}

  /** For work that may fail for I/O alone. */
  static <T> T await(Future<T> future) throws IOException {
    try {
      return awaitStore(future);
    } catch (ObjectStoreException e) {
      throw new IOException(e);
    }
  }

  static <T> T awaitStore(Future<T> future) throws IOException, ObjectStoreException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case ObjectStoreException store -> throw store;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }
}

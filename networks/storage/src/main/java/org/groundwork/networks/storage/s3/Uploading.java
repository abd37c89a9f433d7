package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.List;

/** Brings a body into the store, whole and verified, or not at all. */
final class Uploading {
  private final ObjectStore store;

  Uploading(ObjectStore store) {
    this.store = store;
  }

  /**
   * Stores a body.
   *
   * @return one, or none if there was no byte
   */
  List<Stored> store(Body body, long maxBytes) throws IOException {
    if (body.length() > maxBytes) {
      throw S3Error.EntityTooLarge.exception();
    }
    if (body.length() == 0) {
      requireEnd(body);
      return List.of();
    }
    Stored stored = put(body);
    try {
      requireEnd(body);
    } catch (IOException e) {
      giveUp(stored, e);
      throw e;
    }
    if (stored.length() != body.length()) {
      throw new IllegalStateException(
          "the store kept " + stored.length() + " bytes of " + body.length());
    }
    return List.of(stored);
  }

  private Stored put(Body body) throws IOException {
    try {
      return store.put(body, body.length());
    } catch (ObjectStoreException e) {
      throw body.failure().orElseGet(() -> S3Exception.of(e));
    } catch (IOException | RuntimeException e) {
      if (body.failure().isPresent()) {
        throw body.failure().get();
      }
      throw e;
    }
  }

  private static void requireEnd(Body body) throws IOException {
    if (body.read() != -1) {
      throw S3Error.IncompleteBody.exception();
    }
  }

  private void giveUp(Stored stored, IOException because) {
    try {
      store.delete(stored);
    } catch (IOException | ObjectStoreException e) {
      because.addSuppressed(e);
    }
  }
}

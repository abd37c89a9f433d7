package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.erasure.Shape;

/** Brings a body into the store, whole and verified, or not at all. */
final class Uploading {
  private final ObjectStore store;
  private final Optional<Shape> shape;

  /**
   * For bodies that go into one bucket.
   *
   * @param shape the bucket's, if it has one of its own
   */
  Uploading(ObjectStore store, Optional<Shape> shape) {
    this.store = store;
    this.shape = shape;
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
      return shape.isPresent()
          ? store.put(body, body.length(), shape.get())
          : store.put(body, body.length());
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

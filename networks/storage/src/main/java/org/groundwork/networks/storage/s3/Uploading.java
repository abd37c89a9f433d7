package org.groundwork.networks.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Optional;

/** Brings a body into the store, whole and verified, or not at all. */
final class Uploading {
  private final ObjectStore store;
  private final Coding coding;

  /**
   * For bodies that go into one bucket.
   *
   * @param coding how that bucket keeps them
   */
  Uploading(ObjectStore store, Coding coding) {
    this.store = store;
    this.coding = coding;
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
    Optional<InputStream> bytes = withFirstByte(body.atMost(maxBytes));
    if (bytes.isEmpty()) {
      return List.of();
    }
    Stored stored = put(body, bytes.get());
    try {
      requireEnd(body);
    } catch (IOException e) {
      giveUp(stored, e);
      throw e;
    }
    if (stored.length() != body.count()) {
      throw new IllegalStateException(
          "the store kept " + stored.length() + " bytes of " + body.count());
    }
    return List.of(stored);
  }

  /** A body of unknown length may turn out to be empty, and then nothing is stored. */
  private static Optional<InputStream> withFirstByte(Body body) throws IOException {
    if (body.length() >= 0) {
      return Optional.of(body);
    }
    int first = body.read();
    return first < 0
        ? Optional.empty()
        : Optional.of(
            new SequenceInputStream(new ByteArrayInputStream(new byte[] {(byte) first}), body));
  }

  private Stored put(Body body, InputStream bytes) throws IOException {
    try {
      return store.put(bytes, body.length(), coding);
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

package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.groundwork.networks.storage.erasure.ErasureCode;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Bytes;

/** Stores and fetches stripes, so many at once as memory is meant for. Safe for many threads. */
final class Stripes {
  private static final long CACHE_BYTES = 128L << 20;

  private final CustomerSettings settings;
  private final Uploads uploads;
  private final Downloads downloads;
  private final Commitments commitments;
  private final Budget budget;
  private final Semaphore places;
  private final StripeCache cache = new StripeCache(CACHE_BYTES);
  private final ErasureCode code = ErasureCodes.best();

  Stripes(
      CustomerSettings settings,
      Uploads uploads,
      Downloads downloads,
      Commitments commitments,
      Budget budget) {
    this.settings = settings;
    this.uploads = uploads;
    this.downloads = downloads;
    this.commitments = commitments;
    this.budget = budget;
    places = new Semaphore(settings.parallelStripes());
  }

  /** Work on a stripe. */
  interface Work<T> {
    T run() throws IOException, ObjectStoreException;
  }

  /** Does something that needs a stripe's memory. */
  <T> T inTurn(Work<T> work) throws IOException, ObjectStoreException {
    places.acquireUninterruptibly();
    try {
      return work.run();
    } finally {
      places.release();
    }
  }

  /** Encrypts a stripe, codes it and places its pieces. */
  StripeRecord store(Shape shape, StripeCipher cipher, int index, byte[] plain, int length)
      throws IOException, ObjectStoreException {
    return inTurn(() -> {
      int encrypted = StripeCipher.encryptedSize(length);
      int shard = (encrypted + shape.data() - 1) / shape.data();
      byte[] padded = new byte[shard * shape.data()];
      cipher.encrypt(index, plain, length, padded);
      List<byte[]> shards = new ArrayList<>();
      for (int i = 0; i < shape.data(); i++) {
        shards.add(Arrays.copyOfRange(padded, i * shard, (i + 1) * shard));
      }
      shards.addAll(code.encode(shape, List.copyOf(shards)));
      List<Uploads.Piece> pieces = new ArrayList<>();
      for (int number = 0; number < shards.size(); number++) {
        byte[] content = shards.get(number);
        pieces.add(new Uploads.Piece(number, commitments.of(content), Bytes.wrap(content)));
      }
      List<PieceRecord> placed =
          uploads.place(
              shape,
              pieces,
              List.of(),
              Set.of(),
              settings.minimumPieces(shape),
              Uploads.Purpose.STORE);
      return new StripeRecord(index, length, placed);
    });
  }

  /** A stripe as it was encrypted, from the cache or from k providers. */
  byte[] encrypted(Manifest manifest, StripeRecord stripe)
      throws IOException, ObjectStoreException {
    return cache.get(
        manifest.id(), stripe.index(), () -> inTurn(() -> fetch(manifest.shape(), stripe)));
  }

  void forget(Manifest manifest) {
    cache.forget(manifest.id());
  }

  private byte[] fetch(Shape shape, StripeRecord stripe) throws IOException, ObjectStoreException {
    budget.requireReading();
    Downloads.Fetched fetched = downloads.fetch(stripe, shape.data());
    if (fetched.good().size() < shape.data()) {
      throw Downloads.failure(fetched, shape.data());
    }
    List<byte[]> data = code.decode(shape, fetched.good());
    byte[] encrypted = new byte[data.getFirst().length * shape.data()];
    for (int i = 0; i < data.size(); i++) {
      System.arraycopy(data.get(i), 0, encrypted, i * data.get(i).length, data.get(i).length);
    }
    return encrypted;
  }
}

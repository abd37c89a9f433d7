package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.groundwork.networks.storage.erasure.ErasureCode;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores and fetches stripes, so many at once as memory is meant for. Safe for many threads. */
final class Stripes {
  private static final Logger LOG = LoggerFactory.getLogger(Stripes.class);

  /** Of the heap, for what was read or stored last. */
  private static final int CACHE_PART = 3;

  private final CustomerSettings settings;
  private final Uploads uploads;
  private final Downloads downloads;
  private final Commitments commitments;
  private final Packer packer;
  private final Budget budget;
  private final Semaphore places;
  private final StripeCache cache = new StripeCache(Runtime.getRuntime().maxMemory() / CACHE_PART);
  private final DiskCache disk;
  private final ErasureCode code = ErasureCodes.best();

  Stripes(
      CustomerSettings settings,
      Uploads uploads,
      Downloads downloads,
      Commitments commitments,
      Packer packer,
      Budget budget,
      DiskCache disk) {
    this.settings = settings;
    this.uploads = uploads;
    this.downloads = downloads;
    this.commitments = commitments;
    this.packer = packer;
    this.budget = budget;
    this.disk = disk;
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

  /**
   * Encrypts a stripe, codes it and places its pieces.
   *
   * @param packing how pieces are packed for those who get them, if they are
   */
  StripeRecord store(
      Shape shape,
      Optional<Passes> packing,
      StripeCipher cipher,
      int index,
      byte[] plain,
      int length)
      throws IOException, ObjectStoreException {
    return inTurn(() -> {
      int encrypted = StripeCipher.encryptedSize(length);
      int shard = (encrypted + shape.data() - 1) / shape.data();
      Shards data = Shards.allocate(shape.data(), shard);
      cipher.encrypt(index, plain, length, data);
      List<byte[]> shards = new ArrayList<>(data.parts());
      shards.addAll(code.encode(shape, data.parts()));
      List<Uploads.Piece> pieces = new ArrayList<>();
      for (int number = 0; number < shards.size(); number++) {
        byte[] content = shards.get(number);
        pieces.add(
            new Uploads.Piece(number, commitments.of(content), Bytes.wrap(content), packing));
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

  /** Keeps what a stripe holds for who reads it soon, unless nothing is to be kept. */
  void keep(Hash object, int index, byte[] plain, int length) {
    if (settings.cacheBytes() > 0) {
      cache.put(object, index, plain.length == length ? plain : Arrays.copyOf(plain, length));
    }
  }

  /** What a stripe holds, from memory, from this disk or from k providers. */
  byte[] plain(Manifest manifest, StripeCipher cipher, StripeRecord stripe)
      throws IOException, ObjectStoreException {
    return cache.get(
        manifest.id(), stripe.index(), () -> inTurn(() -> load(manifest, cipher, stripe)));
  }

  void forget(Manifest manifest) {
    cache.forget(manifest);
    disk.forget(manifest);
  }

  private byte[] load(Manifest manifest, StripeCipher cipher, StripeRecord stripe)
      throws IOException, ObjectStoreException {
    int length = stripe.length();
    Optional<byte[]> kept =
        disk.read(
            manifest.id(),
            stripe.index(),
            encrypted -> cipher.decrypt(stripe.index(), encrypted, length));
    return kept.isPresent() ? kept.get() : fetch(manifest, cipher, stripe);
  }

  /**
   * The tags of the encryption say whether k pieces are what was stored, at a fraction of what it
   * costs to compare each with its commitment; only where they say no, commitments tell which piece
   * is wrong, and others are fetched in its place.
   */
  private byte[] fetch(Manifest manifest, StripeCipher cipher, StripeRecord stripe)
      throws IOException, ObjectStoreException {
    Shape shape = manifest.shape();
    budget.requireReading();
    Downloads.Fetched unchecked = downloads.fetchUnchecked(stripe, shape.data());
    if (unchecked.good().size() >= shape.data()) {
      try {
        return decrypt(manifest, cipher, stripe, unchecked);
      } catch (GeneralSecurityException e) {
        LOG.warn("A stripe did not come as it was stored; its pieces are compared one by one");
      }
    }
    Downloads.Fetched checked = downloads.fetch(stripe, shape.data(), unchecked.good());
    if (checked.good().size() < shape.data()) {
      throw Downloads.failure(checked, shape.data());
    }
    try {
      return decrypt(manifest, cipher, stripe, checked);
    } catch (GeneralSecurityException e) {
      throw new ObjectStoreException.Corrupted(
          "The object was changed after it was encrypted, or the key is another one.");
    }
  }

  private byte[] decrypt(
      Manifest manifest, StripeCipher cipher, StripeRecord stripe, Downloads.Fetched fetched)
      throws IOException, GeneralSecurityException {
    List<byte[]> data = code.decode(manifest.shape(), packer.unpack(stripe, fetched.good()));
    int shard = data.getFirst().length;
    if (data.stream().anyMatch(each -> each.length != shard)) {
      throw new GeneralSecurityException("pieces of different lengths");
    }
    Shards encrypted = new Shards(data, shard);
    byte[] plain = cipher.decrypt(stripe.index(), encrypted, stripe.length());
    int length = StripeCipher.encryptedSize(stripe.length());
    disk.keep(manifest.id(), stripe.index(), encrypted, length);
    return plain;
  }
}

package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.ErasureCode;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStore;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SlotNumber;

/**
 * Stores objects with the providers of a storage network: encrypted, coded k of n, paid by deals.
 * Safe for many threads.
 */
public final class StorageCustomer implements ObjectStore, AutoCloseable {
  private final CustomerSettings settings;
  private final ChainFeed chain;
  private final InstantSource clock;
  private final SecureRandom random;
  private final StripeCipher masterKey;
  private final Catalog catalog;
  private final ExecutorService cores;
  private final HttpClient http;
  private final Commitments commitments;
  private final ProviderClient client;
  private final Providers providers;
  private final Uploads uploads;
  private final Downloads downloads;
  private final Semaphore stripes;
  private final ErasureCode code = ErasureCodes.best();

  /**
   * A customer; its payer's reservations must exist on chain.
   *
   * @param folder where manifests are kept
   * @param masterKey 32 bytes that wrap the keys of all objects
   */
  public StorageCustomer(
      Path folder,
      CustomerSettings settings,
      byte[] masterKey,
      ChainFeed chain,
      NetworkId network,
      Payer payer,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    this.settings = settings;
    this.chain = chain;
    this.clock = clock;
    this.random = random;
    this.masterKey = new StripeCipher(masterKey);
    catalog = new Catalog(folder);
    int parallelism = Runtime.getRuntime().availableProcessors();
    cores = Executors.newFixedThreadPool(parallelism, Thread.ofPlatform().daemon().factory());
    commitments = new Commitments(cores, parallelism);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    client = new ProviderClient(http, payer, clock, settings.requestTimeout());
    providers = new Providers(chain, network, payer, client, clock);
    uploads = new Uploads(chain, network, payer, providers, client, settings, clock, random);
    downloads = new Downloads(providers, client, commitments, settings);
    stripes = new Semaphore(settings.parallelStripes());
  }

  @Override
  public Stored put(InputStream data, long length) throws IOException, ObjectStoreException {
    byte[] idBytes = new byte[Hash.SIZE];
    random.nextBytes(idBytes);
    Hash id = Hash.wrap(idBytes);
    byte[] key = StripeCipher.newKey(random);
    StripeCipher cipher = new StripeCipher(key);
    List<StripeRecord> done = new ArrayList<>();
    boolean stored = false;
    try {
      byte[] plain = new byte[firstBuffer(length)];
      while (true) {
        int read = data.readNBytes(plain, 0, plain.length);
        if (read == plain.length && plain.length < stripeSize()) {
          // Longer than announced: the stream itself says what is wrong at its end.
          plain = Arrays.copyOf(plain, stripeSize());
          read += data.readNBytes(plain, read, plain.length - read);
        }
        if (read > 0) {
          done.add(store(cipher, done.size(), plain, read));
        }
        if (read < plain.length) {
          break;
        }
      }
      Manifest manifest = new Manifest(id, settings.shape(), masterKey.wrap(key, random), done);
      catalog.put(manifest);
      stored = true;
      return new Stored(id.bytes(), manifest.length());
    } finally {
      if (!stored) {
        for (StripeRecord stripe : done) {
          uploads.release(stripe.pieces());
        }
      }
    }
  }

  @Override
  public void read(Stored stored, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException {
    Objects.checkFromIndexSize(offset, length, stored.length());
    Manifest manifest = manifest(stored);
    StripeCipher cipher = new StripeCipher(key(manifest));
    long start = 0;
    for (StripeRecord stripe : manifest.stripes()) {
      long end = start + stripe.length();
      if (start < offset + length && end > offset) {
        int from = (int) (Math.max(offset, start) - start);
        int to = (int) (Math.min(offset + length, end) - start);
        out.write(readRange(manifest.shape(), cipher, stripe, from, to));
      }
      start = end;
    }
  }

  @Override
  public void delete(Stored stored) throws IOException, ObjectStoreException {
    Hash id = new Hash(stored.manifest());
    Optional<Manifest> manifest = catalog.get(id);
    if (manifest.isPresent()) {
      for (StripeRecord stripe : manifest.get().stripes()) {
        // A provider that is gone for good must not keep the object: its deal ends by itself.
        uploads.release(stripe.pieces());
      }
      catalog.remove(id);
    }
  }

  /**
   * Looks at all objects, makes lost pieces again and places them, and renews deals that end soon.
   *
   * @param deep fetches and verifies each piece; otherwise providers are believed when they say
   *     that they hold one
   */
  public RepairReport repair(boolean deep) throws IOException, ObjectStoreException {
    RepairReport report = new RepairReport(0, 0, 0, 0);
    for (Hash id : catalog.ids()) {
      Optional<Manifest> manifest = catalog.get(id);
      if (manifest.isPresent()) {
        report = report.plus(repair(manifest.get(), deep));
      }
    }
    return report;
  }

  private RepairReport repair(Manifest manifest, boolean deep)
      throws IOException, ObjectStoreException {
    RepairReport report = new RepairReport(0, 0, 0, 0);
    List<StripeRecord> now = new ArrayList<>(manifest.stripes());
    for (int i = 0; i < now.size(); i++) {
      StripeRecord stripe = now.get(i);
      Repaired repaired = repair(manifest.shape(), stripe, deep);
      report = report.plus(repaired.report());
      if (!repaired.stripe().equals(stripe)) {
        now.set(i, repaired.stripe());
        catalog.put(manifest.with(now));
      }
    }
    return report;
  }

  private record Repaired(StripeRecord stripe, RepairReport report) {}

  private Repaired repair(Shape shape, StripeRecord stripe, boolean deep)
      throws IOException, ObjectStoreException {
    stripes.acquireUninterruptibly();
    try {
      NavigableMap<Integer, byte[]> fetched = new TreeMap<>();
      Set<Integer> healthy = new HashSet<>();
      if (deep) {
        fetched.putAll(downloads.fetch(stripe, shape.total()).good());
        healthy.addAll(fetched.keySet());
      } else {
        for (PieceRecord piece : stripe.pieces()) {
          var device = providers.device(piece.device());
          if (device.isPresent() && client.holds(device.get().endpoint(), piece.commitment())) {
            healthy.add(piece.number());
          }
        }
      }
      List<PieceRecord> kept = new ArrayList<>();
      for (PieceRecord piece : stripe.pieces()) {
        if (healthy.contains(piece.number())) {
          kept.add(endsSoon(piece) ? uploads.renew(piece).orElse(piece) : piece);
        }
      }
      int lost = shape.total() - healthy.size();
      if (lost == 0) {
        return new Repaired(stripe.with(kept), new RepairReport(shape.total(), 0, 0, 0));
      }
      if (fetched.size() < shape.data()) {
        fetched.putAll(downloads.fetch(stripe, shape.data()).good());
      }
      if (fetched.size() < shape.data()) {
        return new Repaired(stripe, new RepairReport(shape.total(), lost, 0, 1));
      }
      List<PieceRecord> made = rebuild(shape, fetched, healthy, kept);
      kept.addAll(made);
      return new Repaired(stripe.with(kept), new RepairReport(shape.total(), lost, made.size(), 0));
    } finally {
      stripes.release();
    }
  }

  private List<PieceRecord> rebuild(
      Shape shape,
      NavigableMap<Integer, byte[]> fetched,
      Set<Integer> healthy,
      List<PieceRecord> kept)
      throws IOException, ObjectStoreException {
    List<Integer> missing = new ArrayList<>();
    for (int number = 0; number < shape.total(); number++) {
      if (!healthy.contains(number)) {
        missing.add(number);
      }
    }
    List<byte[]> contents = code.recover(shape, fetched, missing);
    List<Uploads.Piece> pieces = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      byte[] content = contents.get(i);
      pieces.add(new Uploads.Piece(missing.get(i), commitments.of(content), Bytes.wrap(content)));
    }
    Set<DeviceId> taken = new HashSet<>();
    kept.forEach(piece -> taken.add(piece.device()));
    return uploads.place(pieces, taken, 0);
  }

  @Override
  public void close() {
    http.shutdownNow();
    cores.shutdownNow();
  }

  private boolean endsSoon(PieceRecord piece) {
    SlotNumber now = chain.schedule().slotAt(clock.instant().getEpochSecond());
    return piece.dealEnd().value() - now.value() < settings.dealSlots() / 5;
  }

  private StripeRecord store(StripeCipher cipher, int index, byte[] plain, int length)
      throws IOException, ObjectStoreException {
    stripes.acquireUninterruptibly();
    try {
      Shape shape = settings.shape();
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
      return new StripeRecord(
          index, length, uploads.place(pieces, Set.of(), settings.minimumPieces()));
    } finally {
      stripes.release();
    }
  }

  private byte[] readRange(Shape shape, StripeCipher cipher, StripeRecord stripe, int from, int to)
      throws IOException, ObjectStoreException {
    stripes.acquireUninterruptibly();
    try {
      Downloads.Fetched fetched = downloads.fetch(stripe, shape.data());
      if (fetched.good().size() < shape.data()) {
        throw Downloads.failure(fetched, shape.data());
      }
      List<byte[]> data = code.decode(shape, fetched.good());
      byte[] encrypted = new byte[data.getFirst().length * shape.data()];
      for (int i = 0; i < data.size(); i++) {
        System.arraycopy(data.get(i), 0, encrypted, i * data.get(i).length, data.get(i).length);
      }
      return cipher.decrypt(stripe.index(), encrypted, stripe.length(), from, to);
    } catch (GeneralSecurityException e) {
      throw new ObjectStoreException.Corrupted(
          "The object was changed after it was encrypted, or the key is another one.");
    } finally {
      stripes.release();
    }
  }

  private Manifest manifest(Stored stored) throws IOException, ObjectStoreException {
    return catalog
        .get(new Hash(stored.manifest()))
        .orElseThrow(() -> new ObjectStoreException.Corrupted("The object's manifest is missing."));
  }

  private byte[] key(Manifest manifest) throws ObjectStoreException {
    try {
      return masterKey.unwrap(manifest.wrappedKey());
    } catch (GeneralSecurityException e) {
      throw new ObjectStoreException.Corrupted("The object was encrypted with another master key.");
    }
  }

  private int stripeSize() {
    return settings.stripeFrames() * StripeCipher.FRAME;
  }

  /** One byte more than a short object has, so that its end is seen at once. */
  private int firstBuffer(long length) {
    return length >= 0 && length < stripeSize() ? (int) length + 1 : stripeSize();
  }
}

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores objects with the providers of a storage network: encrypted, coded k of n, paid by deals.
 * Safe for many threads.
 */
public final class StorageCustomer implements ObjectStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCustomer.class);

  /** Stripes of one object that are stored while the next one is read. */
  private static final int STORED_AHEAD = 2;

  private static final long CACHE_BYTES = 128L << 20;

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
  private final StripeRepair repairs;
  private final Endings endings;
  private final Progress progress = new Progress();
  private final StripeCache cache = new StripeCache(CACHE_BYTES);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
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
    client = new ProviderClient(chain.domain(), http, payer, clock, settings.requestTimeout());
    providers = new Providers(chain, network, payer, client, clock);
    endings = new Endings(folder.resolve("endings.log"), chain, payer, providers, client);
    uploads =
        new Uploads(
            chain, network, payer, providers, client, endings, progress, settings, clock, random);
    downloads = new Downloads(providers, client, commitments, settings, progress);
    repairs =
        new StripeRepair(
            providers, client, uploads, downloads, commitments, settings, progress, this::slotNow);
    stripes = new Semaphore(settings.parallelStripes());
  }

  @Override
  public Stored put(InputStream data, long length) throws IOException, ObjectStoreException {
    byte[] idBytes = new byte[Hash.SIZE];
    random.nextBytes(idBytes);
    Hash id = Hash.wrap(idBytes);
    byte[] key = StripeCipher.newKey(random);
    StripeCipher cipher = new StripeCipher(key);
    Deque<Future<StripeRecord>> running = new ArrayDeque<>();
    List<StripeRecord> done = new ArrayList<>();
    boolean stored = false;
    try {
      for (int index = 0; ; index++) {
        Part part = readPart(data, firstBuffer(length));
        if (part.length() > 0) {
          int stripe = index;
          running.add(
              threads.submit(
                  () -> store(cipher, stripe, part.content().unsafeArray(), part.length())));
        }
        while (running.size() > (part.isLast() ? 0 : STORED_AHEAD)) {
          done.add(Futures.awaitStore(running.remove()));
        }
        if (part.isLast()) {
          break;
        }
      }
      Manifest manifest = new Manifest(id, settings.shape(), masterKey.wrap(key, random), done);
      catalog.put(manifest);
      stored = true;
      progress.storedBytes.add(manifest.length());
      return new Stored(id.bytes(), manifest.length());
    } finally {
      if (!stored) {
        giveUp(running, done);
      }
    }
  }

  /** Some plaintext; the last part ends with the stream and may be empty. */
  private record Part(Bytes content, int length, boolean isLast) {}

  private Part readPart(InputStream data, int expected) throws IOException {
    byte[] plain = new byte[expected];
    int read = data.readNBytes(plain, 0, plain.length);
    if (read == plain.length && plain.length < stripeSize()) {
      // Longer than announced: the stream itself says what is wrong at its end.
      plain = Arrays.copyOf(plain, stripeSize());
      read += data.readNBytes(plain, read, plain.length - read);
    }
    return new Part(Bytes.wrap(plain), read, read < plain.length);
  }

  /** Ends the deals of stripes that were stored in vain. */
  private void giveUp(Deque<Future<StripeRecord>> running, List<StripeRecord> done) {
    try {
      for (Future<StripeRecord> stripe : running) {
        try {
          done.add(Futures.awaitStore(stripe));
        } catch (IOException | ObjectStoreException e) {
          LOG.debug("A stripe of an object that was given up was not stored: {}", e.toString());
        }
      }
      uploads.release(done.stream().flatMap(stripe -> stripe.pieces().stream()).toList());
    } catch (IOException e) {
      LOG.warn("The deals of an object that was given up could not be ended: {}", e.toString());
    }
  }

  @Override
  public void read(Stored stored, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException {
    Objects.checkFromIndexSize(offset, length, stored.length());
    Manifest manifest = manifest(stored);
    StripeCipher cipher = new StripeCipher(key(manifest));
    List<Span> spans = spans(manifest, offset, length);
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      byte[] encrypted = encrypted(manifest, span.stripe());
      if (i + 1 < spans.size()) {
        prefetch(manifest, spans.get(i + 1).stripe());
      }
      out.write(decrypt(cipher, span, encrypted));
      progress.readBytes.add(span.to() - span.from());
    }
  }

  /** A range of plaintext within one stripe. */
  private record Span(StripeRecord stripe, int from, int to) {}

  private static List<Span> spans(Manifest manifest, long offset, long length) {
    List<Span> spans = new ArrayList<>();
    long start = 0;
    for (StripeRecord stripe : manifest.stripes()) {
      long end = start + stripe.length();
      if (start < offset + length && end > offset) {
        int from = (int) (Math.max(offset, start) - start);
        int to = (int) (Math.min(offset + length, end) - start);
        spans.add(new Span(stripe, from, to));
      }
      start = end;
    }
    return spans;
  }

  private void prefetch(Manifest manifest, StripeRecord stripe) {
    var _ =
        threads.submit(() -> {
          try {
            return encrypted(manifest, stripe).length;
          } catch (IOException | ObjectStoreException e) {
            LOG.debug("A stripe was not fetched ahead: {}", e.toString());
            return 0;
          }
        });
  }

  @Override
  public void delete(Stored stored) throws IOException, ObjectStoreException {
    Hash id = new Hash(stored.manifest());
    Optional<Manifest> manifest = catalog.get(id);
    if (manifest.isPresent()) {
      // Noted before the manifest goes: a provider that is away hears of it later.
      List<PieceRecord> pieces =
          manifest.get().stripes().stream().flatMap(stripe -> stripe.pieces().stream()).toList();
      endings.add(pieces);
      catalog.remove(id);
      cache.forget(id);
      endings.deliver(slotNow());
    }
  }

  /** What this customer has done since its start. */
  public Progress.Snapshot progress() {
    return progress.snapshot();
  }

  /**
   * Looks at all objects, makes lost pieces again and places them, and renews deals that end soon.
   *
   * @param deep fetches and verifies each piece; otherwise providers are believed when they say
   *     that they hold one
   */
  public RepairReport repair(boolean deep) throws IOException, ObjectStoreException {
    return repair(_ -> deep);
  }

  /**
   * The same; the pieces on some devices, such as those that verdicts name, are fetched and
   * verified.
   */
  public RepairReport repair(Set<DeviceId> suspects) throws IOException, ObjectStoreException {
    return repair(piece -> suspects.contains(piece.device()));
  }

  private RepairReport repair(Predicate<PieceRecord> deep)
      throws IOException, ObjectStoreException {
    endings.deliver(slotNow());
    RepairReport report = RepairReport.NONE;
    for (Hash id : catalog.ids()) {
      Optional<Manifest> manifest = catalog.get(id);
      if (manifest.isPresent()) {
        report = report.plus(repair(manifest.get(), deep));
      }
    }
    return report;
  }

  private RepairReport repair(Manifest manifest, Predicate<PieceRecord> deep)
      throws IOException, ObjectStoreException {
    RepairReport report = RepairReport.NONE;
    List<StripeRecord> now = new ArrayList<>(manifest.stripes());
    for (int i = 0; i < now.size(); i++) {
      StripeRecord stripe = now.get(i);
      StripeRepair.Outcome outcome;
      stripes.acquireUninterruptibly();
      try {
        outcome = repairs.repair(manifest.shape(), stripe, deep);
      } finally {
        stripes.release();
      }
      report = report.plus(outcome.report());
      if (!outcome.stripe().equals(stripe)) {
        now.set(i, outcome.stripe());
        replace(manifest.with(now), outcome);
      }
    }
    return report;
  }

  /** Writes a repaired manifest; if the object was deleted meanwhile, its new deals end as well. */
  private synchronized void replace(Manifest manifest, StripeRepair.Outcome outcome)
      throws IOException {
    if (catalog.get(manifest.id()).isPresent()) {
      catalog.put(manifest);
      uploads.release(outcome.replaced());
    } else {
      uploads.release(outcome.stripe().pieces());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
    cores.shutdownNow();
    try {
      endings.close();
    } catch (IOException e) {
      LOG.warn("The list of ended deals was not closed: {}", e.toString());
    }
  }

  private SlotNumber slotNow() {
    return chain.schedule().slotAt(clock.instant().getEpochSecond());
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
          index, length, uploads.place(pieces, Set.of(), Set.of(), settings.minimumPieces()));
    } finally {
      stripes.release();
    }
  }

  private byte[] encrypted(Manifest manifest, StripeRecord stripe)
      throws IOException, ObjectStoreException {
    return cache.get(
        manifest.id(),
        stripe.index(),
        () -> {
          stripes.acquireUninterruptibly();
          try {
            return fetch(manifest.shape(), stripe);
          } finally {
            stripes.release();
          }
        });
  }

  private byte[] fetch(Shape shape, StripeRecord stripe) throws IOException, ObjectStoreException {
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

  private static byte[] decrypt(StripeCipher cipher, Span span, byte[] encrypted)
      throws ObjectStoreException {
    StripeRecord stripe = span.stripe();
    try {
      return cipher.decrypt(stripe.index(), encrypted, stripe.length(), span.from(), span.to());
    } catch (GeneralSecurityException e) {
      throw new ObjectStoreException.Corrupted(
          "The object was changed after it was encrypted, or the key is another one.");
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

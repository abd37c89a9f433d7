package org.groundwork.networks.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.protocol.Bytes;
import org.h2.mvstore.MVMap;

/**
 * Stores small objects that come at the same time as one blob, so that they share its pieces, deals
 * and promises: while a pack is on its way, the next one gathers. One that comes alone is stored
 * alone, and at once; nobody waits for long behind a pack that is late. A blob is given up when the
 * last object in it is; until then its other bytes are paid for.
 */
public final class Packs implements ObjectStore, AutoCloseable {
  /** Longer objects are worth a blob of their own. */
  static final int SMALL_BYTES = 256 << 10;

  private static final int PACK_BYTES = 4 << 20;

  /** Packs that are on their way at the same time, if those before are late. */
  private static final int MOST_UNDER_WAY = 4;

  /** After so long the next pack does not wait for this one. */
  private static final Duration LATE = Duration.ofMillis(250);

  private final ObjectStore store;
  private final DurableMaps maps;

  /** Of each blob with objects that were given up: which. */
  private final MVMap<byte[], byte[]> given;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Deque<PackMember> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * Packs for a store.
   *
   * @param file where it is kept which objects of which blob were given up
   */
  public Packs(ObjectStore store, Path file) {
    this.store = store;
    maps = new DurableMaps(file);
    given = maps.map("given");
  }

  @Override
  public Stored put(InputStream data, long length) throws IOException, ObjectStoreException {
    if (length < 1 || length > SMALL_BYTES) {
      return store.put(data, length);
    }
    byte[] content = data.readNBytes((int) length + 1);
    if (content.length > length) {
      return store.put(
          new SequenceInputStream(new ByteArrayInputStream(content), data), UNKNOWN_LENGTH);
    }
    PackMember member = new PackMember(Bytes.wrap(content));
    lock.lock();
    try {
      waiting.add(member);
      if (underWay == 0) {
        underWay++;
        threads.execute(this::storeWaiting);
      }
    } finally {
      lock.unlock();
    }
    return member.await();
  }

  /** What is not kept as usual has a blob of its own. */
  @Override
  public Stored put(InputStream data, long length, Coding coding)
      throws IOException, ObjectStoreException {
    return coding.equals(Coding.USUAL) ? put(data, length) : store.put(data, length, coding);
  }

  /**
   * The manifests at the store below of what is used here.
   *
   * @param used manifests that this store gave out
   */
  public static Set<Bytes> below(Set<Bytes> used) {
    Set<Bytes> manifests = new HashSet<>();
    for (Bytes manifest : used) {
      manifests.add(
          PackSlice.of(new Stored(manifest, 0))
              .map(slice -> slice.blob().manifest())
              .orElse(manifest));
    }
    return manifests;
  }

  /** A number that grows with every change. */
  public long version() {
    return maps.version();
  }

  /** Hands over everything that is kept here, in order, as it is at one moment. */
  public void writeTo(Buckets.Sink sink) throws IOException {
    maps.writeTo((map, key, value) -> sink.entry(map, Bytes.wrap(key), Bytes.wrap(value)));
  }

  /**
   * Makes a new file of what {@link #writeTo} handed over.
   *
   * @param file must not exist
   */
  public static void restore(Path file, Buckets.Source source) throws IOException {
    Buckets.restore(file, source);
  }

  /** Stores what waits until nothing does. */
  private void storeWaiting() {
    for (List<PackMember> pack = take(); !pack.isEmpty(); pack = take()) {
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture.delayedExecutor(LATE.toMillis(), TimeUnit.MILLISECONDS, threads)
          .execute(() -> storeBesides(done));
      try {
        store(pack);
      } catch (IOException | ObjectStoreException | RuntimeException e) {
        pack.forEach(member -> member.fail(e));
      } finally {
        done.set(true);
      }
    }
  }

  /** Stores what waits besides a pack that is not done yet. */
  private void storeBesides(AtomicBoolean done) {
    lock.lock();
    try {
      if (done.get() || waiting.isEmpty() || underWay >= MOST_UNDER_WAY) {
        return;
      }
      underWay++;
    } finally {
      lock.unlock();
    }
    storeWaiting();
  }

  /** What goes into the next pack; nothing, and one less is under way, if none waits. */
  private List<PackMember> take() {
    List<PackMember> pack = new ArrayList<>();
    lock.lock();
    try {
      int bytes = 0;
      while (!waiting.isEmpty() && pack.size() < PackSlice.MAX_COUNT && bytes < PACK_BYTES) {
        PackMember next = waiting.remove();
        pack.add(next);
        bytes += next.content().size();
      }
      if (pack.isEmpty()) {
        underWay--;
      }
    } finally {
      lock.unlock();
    }
    return pack;
  }

  private void store(List<PackMember> pack) throws IOException, ObjectStoreException {
    int length = pack.stream().mapToInt(member -> member.content().size()).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (PackMember member : pack) {
      System.arraycopy(member.content().unsafeArray(), 0, all, at, member.content().size());
      at += member.content().size();
    }
    Stored blob = store.put(new ByteArrayInputStream(all), length);
    if (pack.size() == 1) {
      pack.getFirst().succeed(blob);
      return;
    }
    int offset = 0;
    for (int index = 0; index < pack.size(); index++) {
      PackMember member = pack.get(index);
      PackSlice slice = new PackSlice(blob, offset, index, pack.size());
      member.succeed(new Stored(slice.encode(), member.content().size()));
      offset += member.content().size();
    }
  }

  @Override
  public void read(Stored stored, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException {
    Optional<PackSlice> slice = PackSlice.of(stored);
    if (slice.isEmpty()) {
      store.read(stored, offset, length, out);
    } else {
      Objects.checkFromIndexSize(offset, length, stored.length());
      store.read(slice.get().blob(), slice.get().offset() + offset, length, out);
    }
  }

  @Override
  public void delete(Stored stored) throws IOException, ObjectStoreException {
    Optional<PackSlice> slice = PackSlice.of(stored);
    if (slice.isEmpty()) {
      store.delete(stored);
    } else if (giveUp(slice.get())) {
      store.delete(slice.get().blob());
      maps.update(() -> given.remove(slice.get().key()));
    }
  }

  /** Whether nothing of the blob is wanted any more. */
  private boolean giveUp(PackSlice slice) throws IOException {
    return maps.change(() -> {
      byte[] before = given.get(slice.key());
      BitSet gone = before == null ? new BitSet() : BitSet.valueOf(before);
      if (!gone.get(slice.index())) {
        gone.set(slice.index());
        given.put(slice.key(), gone.toByteArray());
      }
      return gone.cardinality() == slice.count();
    });
  }

  /** Waits for what is on its way. */
  @Override
  public void close() {
    threads.close();
    maps.close();
  }
}

package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Hash;

/**
 * The stripes that were fetched or stored last, decrypted: clients read an object in ranges that
 * are smaller than a stripe, several at once, and each stripe is to be fetched and paid once; and
 * they read what they have just written. Bounded by bytes. Safe for many threads.
 */
final class StripeCache {
  /** Fetches a stripe. */
  interface Loader {
    byte[] load() throws IOException, ObjectStoreException;
  }

  private record Key(Hash object, int stripe) {}

  /** Counted for a stripe besides its bytes, so that short ones do not become too many. */
  static final int OVERHEAD = 256;

  private final long maxBytes;
  private final Map<Key, CompletableFuture<byte[]>> stripes = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  StripeCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The stripe; who comes first loads it, the others wait for him. */
  byte[] get(Hash object, int stripe, Loader loader) throws IOException, ObjectStoreException {
    Key key = new Key(object, stripe);
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> there;
    synchronized (this) {
      there = stripes.putIfAbsent(key, mine);
    }
    if (there != null) {
      return await(there);
    }
    try {
      byte[] loaded = loader.load();
      keep(key, mine, loaded);
      return loaded;
    } catch (IOException | ObjectStoreException | RuntimeException | Error e) {
      synchronized (this) {
        stripes.remove(key, mine);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** Keeps a stripe that need not be fetched, as it is here; nobody changes it after. */
  synchronized void put(Hash object, int stripe, byte[] plain) {
    CompletableFuture<byte[]> there = CompletableFuture.completedFuture(plain);
    CompletableFuture<byte[]> before = stripes.put(new Key(object, stripe), there);
    bytes += cost(there) - (before == null ? 0 : cost(before));
    trim();
  }

  synchronized void forget(Manifest manifest) {
    for (StripeRecord stripe : manifest.stripes()) {
      CompletableFuture<byte[]> there = stripes.remove(new Key(manifest.id(), stripe.index()));
      if (there != null) {
        bytes -= cost(there);
      }
    }
  }

  /** Unless it was forgotten while it came. */
  private synchronized void keep(Key key, CompletableFuture<byte[]> mine, byte[] loaded) {
    mine.complete(loaded);
    if (stripes.replace(key, mine, mine)) {
      bytes += cost(mine);
      trim();
    }
  }

  private void trim() {
    Iterator<CompletableFuture<byte[]>> oldest = stripes.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      CompletableFuture<byte[]> stripe = oldest.next();
      if (stripe.isDone()) {
        bytes -= cost(stripe);
        oldest.remove();
      }
    }
  }

  /** Nothing while it comes. */
  private static long cost(CompletableFuture<byte[]> stripe) {
    return stripe.isDone() ? stripe.join().length + OVERHEAD : 0;
  }

  private static byte[] await(CompletableFuture<byte[]> stripe)
      throws IOException, ObjectStoreException {
    try {
      return stripe.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case ObjectStoreException store -> throw store;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }
}

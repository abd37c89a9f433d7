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
 * The stripes that were fetched last, decrypted: clients read an object in ranges that are smaller
 * than a stripe, several at once, and each stripe is to be fetched and paid once. Bounded by bytes.
 * Safe for many threads.
 */
final class StripeCache {
  /** Fetches a stripe. */
  interface Loader {
    byte[] load() throws IOException, ObjectStoreException;
  }

  private record Key(Hash object, int stripe) {}

  private final long maxBytes;
  private final Map<Key, CompletableFuture<byte[]>> stripes = new LinkedHashMap<>(16, 0.75f, true);

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
      mine.complete(loaded);
      trim();
      return loaded;
    } catch (IOException | ObjectStoreException | RuntimeException e) {
      synchronized (this) {
        stripes.remove(key);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  synchronized void forget(Hash object) {
    stripes.keySet().removeIf(key -> key.object().equals(object));
  }

  private synchronized void trim() {
    long bytes = 0;
    for (CompletableFuture<byte[]> stripe : stripes.values()) {
      bytes += size(stripe);
    }
    Iterator<CompletableFuture<byte[]>> oldest = stripes.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      CompletableFuture<byte[]> stripe = oldest.next();
      if (stripe.isDone()) {
        bytes -= size(stripe);
        oldest.remove();
      }
    }
  }

  private static long size(CompletableFuture<byte[]> stripe) {
    return stripe.isDone() && !stripe.isCompletedExceptionally() ? stripe.join().length : 0;
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

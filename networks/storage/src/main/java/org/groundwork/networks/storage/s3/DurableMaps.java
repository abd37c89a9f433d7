package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * Sorted maps in one file that change together. A change that returned survives the death of the
 * process and of the machine; one that did not return is there wholly or not at all. Changes that
 * come while one is being written share the next write.
 */
final class DurableMaps implements AutoCloseable {
  /** After so many commits, chunks of the file that are mostly dead are written anew. */
  private static final int COMMITS_BETWEEN_COMPACTIONS = 2048;

  private static final int COMPACT_BELOW_FILL_PERCENT = 50;
  private static final int COMPACT_BYTES = 8 * 1024 * 1024;

  private final MVStore store;

  /** Held while the maps change: a commit sees whole changes only. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Held while changes go to the disk; taken before {@link #changing}. */
  private final ReentrantLock committing = new ReentrantLock();

  private long changed;
  private long durable;
  private int commits;

  DurableMaps(Path file) {
    // No commits of its own: they could see half a change.
    store =
        new MVStore.Builder()
            .fileName(file.toAbsolutePath().toString())
            .autoCommitDisabled()
            .open();
    store.setVersionsToKeep(0);
  }

  MVMap<byte[], byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** Takes entries of all maps. */
  interface Sink {
    void entry(String map, byte[] key, byte[] value) throws IOException;
  }

  /** A number that grows with every change. */
  long version() {
    changing.lock();
    try {
      return changed;
    } finally {
      changing.unlock();
    }
  }

  /** Hands over all entries, by map, then key, while nothing changes. */
  void writeTo(Sink sink) throws IOException {
    changing.lock();
    try {
      for (String name : new TreeSet<>(store.getMapNames())) {
        var cursor = map(name).cursor(null);
        while (cursor.hasNext()) {
          sink.entry(name, cursor.next(), cursor.getValue());
        }
      }
    } finally {
      changing.unlock();
    }
  }

  /** A change of the maps. It checks all before it changes anything. */
  interface Change<T> {
    T apply() throws S3Exception;
  }

  /** Applies a change, alone, and returns when it is durable. */
  <T> T change(Change<T> change) throws S3Exception {
    T result;
    long mine;
    changing.lock();
    try {
      result = change.apply();
      mine = ++changed;
    } finally {
      changing.unlock();
    }
    awaitDurable(mine);
    return result;
  }

  /** A {@link Change} without a result. */
  interface Update {
    void apply() throws S3Exception;
  }

  void update(Update update) throws S3Exception {
    change(() -> {
      update.apply();
      return true;
    });
  }

  /** Looks at the maps while nothing changes. */
  <T> T look(Change<T> look) throws S3Exception {
    changing.lock();
    try {
      return look.apply();
    } finally {
      changing.unlock();
    }
  }

  /** For what is in memory only, but guarded as the maps are. */
  void run(Runnable action) {
    changing.lock();
    try {
      action.run();
    } finally {
      changing.unlock();
    }
  }

  private void awaitDurable(long mine) {
    committing.lock();
    try {
      if (durable >= mine) {
        return;
      }
      long upTo;
      changing.lock();
      try {
        upTo = changed;
        store.commit();
        if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
          store.compact(COMPACT_BELOW_FILL_PERCENT, COMPACT_BYTES);
        }
      } finally {
        changing.unlock();
      }
      store.sync();
      durable = upTo;
    } finally {
      committing.unlock();
    }
  }

  /**
   * Closes the file. What changed is in it already: also when the interrupt of a thread that was
   * writing, or a full disk, has closed it before.
   */
  @Override
  public void close() {
    if (store.getPanicException() == null) {
      store.close();
    } else {
      store.closeImmediately();
    }
  }
}

package org.groundwork.engine.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** A fixed number of platform threads that work through lists. */
final class Workers implements AutoCloseable {
  /** So that one heavy piece keeps no thread waiting long. */
  static final int PIECES_PER_THREAD = 8;

  private final ExecutorService threads;
  private final int count;

  Workers(int count) {
    this.count = count;
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().name("epoch-", 0).daemon().factory());
  }

  int count() {
    return count;
  }

  /** The work's results in the order of the items; threads take them one by one. */
  <T, R> List<R> map(List<T> items, Function<T, R> work) throws IOException {
    List<Callable<R>> pieces = new ArrayList<>();
    items.forEach(item -> pieces.add(() -> work.apply(item)));
    return run(pieces);
  }

  private <R> List<R> run(List<Callable<R>> pieces) throws IOException {
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> done : threads.invokeAll(pieces)) {
        results.add(done.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an epoch was judged");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException disk) {
        throw new IOException("an epoch cannot be judged", disk);
      }
      throw new IllegalStateException("an epoch cannot be judged", e.getCause());
    }
    return results;
  }

  @Override
  public void close() {
    threads.close();
  }
}

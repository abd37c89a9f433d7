package org.groundwork.engine.local;

import java.io.InterruptedIOException;
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

  /** The work's results in the order of the items. */
  <T, R> List<R> map(List<T> items, Function<T, R> work) throws InterruptedIOException {
    int size = Math.ceilDiv(Math.max(1, items.size()), count * PIECES_PER_THREAD);
    List<Callable<List<R>>> pieces = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      List<T> piece = items.subList(from, Math.min(from + size, items.size()));
      pieces.add(() -> piece.stream().map(work).toList());
    }
    return run(pieces);
  }

  private <R> List<R> run(List<Callable<List<R>>> pieces) throws InterruptedIOException {
    List<R> results = new ArrayList<>();
    try {
      for (Future<List<R>> done : threads.invokeAll(pieces)) {
        results.addAll(done.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an epoch was judged");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an epoch cannot be judged", e.getCause());
    }
    return results;
  }

  @Override
  public void close() {
    threads.close();
  }
}

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
    List<Callable<R>> tasks = new ArrayList<>(items.size());
    items.forEach(item -> tasks.add(() -> work.apply(item)));
    List<R> results = new ArrayList<>(items.size());
    try {
      for (Future<R> done : threads.invokeAll(tasks)) {
        results.add(done.get());
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

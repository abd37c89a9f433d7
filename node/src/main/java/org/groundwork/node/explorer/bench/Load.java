package org.groundwork.node.explorer.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Asks at a steady rate, whether answers come or not; a question's time runs from when it was due.
 */
public final class Load implements AutoCloseable {
  private static final double MILLIS = 1e6;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI server;
  private final int perSecond;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong asked = new AtomicLong();

  Load(URI server, int perSecond) {
    this.server = server;
    this.perSecond = perSecond;
  }

  /** Times in milliseconds; failed are answers other than 200. */
  public record Times(int questions, int failed, double p50, double p99, double max) {}

  Times run(LongFunction<String> questions, Duration duration) throws InterruptedException {
    int count = (int) (perSecond * duration.toMillis() / 1000);
    long[] nanos = new long[count];
    AtomicLong failed = new AtomicLong();
    List<Thread> threads = new ArrayList<>(count);
    long start = System.nanoTime();
    long gap = 1_000_000_000L / perSecond;
    for (int i = 0; i < count; i++) {
      int at = i;
      long due = start + i * gap;
      String path = questions.apply(asked.getAndIncrement());
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      threads.add(
          Thread.startVirtualThread(() -> {
            if (!ask(path)) {
              failed.incrementAndGet();
            }
            nanos[at] = System.nanoTime() - due;
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Arrays.sort(nanos);
    return new Times(
        count,
        (int) failed.get(),
        nanos[count / 2] / MILLIS,
        nanos[(int) (count * 0.99)] / MILLIS,
        nanos[count - 1] / MILLIS);
  }

  private boolean ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Accept-Encoding", "gzip")
            .timeout(PATIENCE)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

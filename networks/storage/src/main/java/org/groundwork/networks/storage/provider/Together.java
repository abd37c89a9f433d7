package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Forces two things to disk at the same time: the disk writes its own journal once for both. */
final class Together {
  private Together() {}

  /** Something that the disk does. */
  interface Force {
    void run() throws IOException;
  }

  /** Returns when both are done; throws what the first that failed threw. */
  static void run(Force one, Force other) throws IOException {
    CompletableFuture<Void> otherDone = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("force")
        .start(() -> {
          try {
            other.run();
            otherDone.complete(null);
          } catch (IOException | RuntimeException e) {
            otherDone.completeExceptionally(e);
          }
        });
    try {
      one.run();
    } finally {
      join(otherDone);
    }
  }

  private static void join(CompletableFuture<Void> done) throws IOException {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw e;
    }
  }
}

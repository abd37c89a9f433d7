package org.groundwork.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs parts until the process is told to end, then closes them in reverse. */
final class Foreground {
  private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

  private Foreground() {}

  static void run(List<? extends AutoCloseable> parts) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              for (AutoCloseable part : parts.reversed()) {
                try {
                  part.close();
                } catch (Exception e) {
                  LOG.warn("Closing failed: {}", e.toString());
                }
              }
            }));
    new CountDownLatch(1).await();
  }
}

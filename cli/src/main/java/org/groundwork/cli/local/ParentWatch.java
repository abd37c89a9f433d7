package org.groundwork.cli.local;

import java.io.IOException;

/** Ends this process when the one that started it is gone, however that ended. */
public final class ParentWatch {
  private ParentWatch() {}

  /** Watches standard input, which the parent holds open. */
  public static void start() {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          try {
            while (System.in.read() >= 0) {
              // The parent writes nothing; only the end counts.
            }
          } catch (IOException e) {
            // Gone as well.
          }
          Runtime.getRuntime().exit(0);
        });
  }
}

package org.groundwork.checks;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository is that the tests run in. */
public final class Repository {
  private Repository() {}

  public static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("groundwork"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not run within the repository");
  }
}

package org.groundwork.node.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A folder that a program of another version left, kept as a zip among a test's resources. */
public final class SavedState {
  private SavedState() {}

  /** Puts the folder of this name beside a test there. */
  public static void unpack(Class<?> test, String name, Path folder) throws IOException {
    try (InputStream file = Objects.requireNonNull(test.getResourceAsStream(name));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(zip, target);
      }
    }
  }
}

package org.groundwork.networks.storage.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How this process has opened its files. */
final class OpenFiles {
  /** {@code O_DIRECT} of Linux among the flags of an open file. */
  private static final int DIRECT = 0_40000;

  private OpenFiles() {}

  static boolean isDirect(Path file) throws IOException {
    Path real = file.toRealPath();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(real)) {
          String flags =
              Files.readAllLines(Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName()))
                  .stream()
                  .filter(line -> line.startsWith("flags:"))
                  .findFirst()
                  .orElseThrow();
          return (Integer.parseInt(flags.substring("flags:".length()).strip(), 8) & DIRECT) != 0;
        }
      }
    }
    throw new IOException(file + " is not open");
  }
}

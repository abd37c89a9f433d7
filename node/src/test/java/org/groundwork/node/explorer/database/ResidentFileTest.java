package org.groundwork.node.explorer.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ResidentFileTest {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void keepsAllOfAFileAlsoWhenItGrowsAndShrinks() throws Exception {
    Path file = file(40);
    try (ResidentFile _ = new ResidentFile(file, Long.MAX_VALUE, LOOK)) {
      awaitResident(file, 40);
      Files.write(file, new byte[5 * MEBIBYTE], StandardOpenOption.APPEND);
      awaitResident(file, 45);
      Files.write(file, new byte[3 * MEBIBYTE]);
      awaitResident(file, 3);
    }
    assertThat(mappings(file)).isEmpty();
  }

  @Test
  void leavesALargeFileToTheSystem() throws Exception {
    Path file = file(3);
    try (ResidentFile _ = new ResidentFile(file, 2 * MEBIBYTE, LOOK)) {
      Thread.sleep(LOOK.multipliedBy(10));
      assertThat(mappings(file)).isEmpty();
      Files.write(file, new byte[2 * MEBIBYTE]);
      awaitResident(file, 2);
    }
  }

  /** A process loses its locks of a file with the first of its descriptors that is closed. */
  @Test
  void theDatabaseStaysLockedWhileItsFileIsKept() throws Exception {
    Path file = folder.resolve("explorer.mv.db");
    try (Database database = Database.open(DatabaseAddress.in(folder), "deployment")) {
      while (mappings(file).isEmpty()) {
        Thread.sleep(LOOK);
      }
      database.change(sql -> Database.put(sql, "item", "content"));
      String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
      assertThat(Files.readAllLines(Path.of("/proc/locks"))).anyMatch(line -> line.contains(inode));
    }
    assertThat(mappings(file)).isEmpty();
  }

  private Path file(int mebibytes) throws IOException {
    return Files.write(folder.resolve("file"), new byte[mebibytes * MEBIBYTE]);
  }

  private static void awaitResident(Path file, long mebibytes) throws Exception {
    while (residentMebibytes(file) != mebibytes) {
      Thread.sleep(LOOK);
    }
  }

  private static List<String> mappings(Path file) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.endsWith(" " + file))
        .toList();
  }

  /** What is mapped of it and there, as proc(5) has it. */
  private static long residentMebibytes(Path file) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
    long kibibytes = 0;
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).endsWith(" " + file)) {
        String resident =
            lines.subList(at, lines.size()).stream()
                .filter(line -> line.startsWith("Rss:"))
                .findFirst()
                .orElseThrow();
        kibibytes += Long.parseLong(resident.replaceAll("\\D", ""));
      }
    }
    return kibibytes / 1024;
  }
}

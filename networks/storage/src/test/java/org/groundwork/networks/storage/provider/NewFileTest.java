package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewFileTest {
  /** {@code O_DIRECT} of Linux among the flags of an open file. */
  private static final int DIRECT = 0_40000;

  private final Random random = new Random(1);
  private Path folder;

  /** A temporary folder may be of memory, past which there is no way. */
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "new-file");
  }

  @AfterEach
  void deleteFolder() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        4096,
        NewFile.PART - 1,
        NewFile.PART,
        NewFile.PART + 1,
        2 * NewFile.PART - 4096,
        2 * NewFile.PART,
        5 * NewFile.PART + 4095
      })
  void whatIsWrittenIsThere(int length) throws IOException {
    byte[] content = new byte[length];
    random.nextBytes(content);
    // A buffer that was used before has other bytes in it.
    assertThat(Files.readAllBytes(write("before", new byte[] {1, 2, 3}, 3))).hasSize(3);
    for (int announced : new int[] {length, 0, Integer.MAX_VALUE}) {
      assertThat(Files.readAllBytes(write("file-" + announced, content, announced)))
          .isEqualTo(content);
      Files.delete(folder.resolve("file-" + announced));
    }
  }

  @Test
  void longFilesAreWrittenPastTheSystemsMemory() throws IOException {
    try (NewFile shorter = NewFile.create(folder.resolve("short"), NewFile.PART - 1);
        NewFile longer = NewFile.create(folder.resolve("long"), NewFile.PART)) {
      assertThat(flags("short") & DIRECT).isZero();
      assertThat(flags("long") & DIRECT).isEqualTo(DIRECT);
      shorter.force();
      longer.force();
    }
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = write("file", new byte[] {7}, 1);
    for (int announced : new int[] {1, NewFile.PART}) {
      assertThatThrownBy(() -> NewFile.create(file, announced))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(Files.readAllBytes(file)).containsExactly(7);
  }

  private Path write(String name, byte[] content, int announced) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    try (NewFile out = NewFile.create(file, announced)) {
      for (int at = 0; at < content.length; ) {
        int part = Math.min(content.length - at, 1 + random.nextInt(700_000));
        out.write(content, at, part);
        at += part;
      }
      out.force();
    }
    return file;
  }

  private int flags(String name) throws IOException {
    Path file = folder.resolve(name).toRealPath();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(file)) {
          String flags =
              Files.readAllLines(Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName()))
                  .stream()
                  .filter(line -> line.startsWith("flags:"))
                  .findFirst()
                  .orElseThrow();
          return Integer.parseInt(flags.substring("flags:".length()).strip(), 8);
        }
      }
    }
    throw new IOException(file + " is not open");
  }
}

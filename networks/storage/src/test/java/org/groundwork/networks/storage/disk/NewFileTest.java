package org.groundwork.networks.storage.disk;

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
        Direct.PART - 1,
        Direct.PART,
        Direct.PART + 1,
        2 * Direct.PART - 4096,
        2 * Direct.PART,
        5 * Direct.PART + 4095
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
    try (NewFile shorter = NewFile.create(folder.resolve("short"), Direct.PART - 1);
        NewFile longer = NewFile.create(folder.resolve("long"), Direct.PART)) {
      assertThat(OpenFiles.isDirect(folder.resolve("short"))).isFalse();
      assertThat(OpenFiles.isDirect(folder.resolve("long"))).isTrue();
      shorter.force();
      longer.force();
    }
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = write("file", new byte[] {7}, 1);
    for (int announced : new int[] {1, Direct.PART}) {
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
}

package org.groundwork.networks.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileStretchTest {
  private static final int SIZE = 5 * Direct.PART + 1234;

  private final Random random = new Random(2);
  private final byte[] content = new byte[SIZE];
  private Path folder;
  private Path file;

  /** A temporary folder may be of memory, past which there is no way. */
  @BeforeEach
  void makeFile() throws IOException {
    random.nextBytes(content);
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "stretch");
    file = Files.write(folder.resolve("file"), content);
  }

  @AfterEach
  void deleteFile() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5244114",
    "0, 1048576",
    "0, 1048577",
    "1, 1048576",
    "4095, 2000000",
    "4096, 5240018",
    "4097, 5240017",
    "1048575, 4195539",
    "5000000, 244114",
    "7, 20",
    "5244113, 1",
    "5244114, 0",
    "0, 0"
  })
  void isWhatTheFileHoldsThere(int offset, int length) throws IOException {
    for (int most : new int[] {1000, 70_000, SIZE}) {
      byte[] found = new byte[length + 2];
      try (FileStretch stretch = FileStretch.open(file, offset, length)) {
        for (int at = 0; at < length; ) {
          int part = Math.min(length - at, 1 + random.nextInt(most));
          stretch.read(found, at + 1, part);
          at += part;
        }
        assertThatThrownBy(() -> stretch.read(found, 0, 1))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
      assertThat(found[0]).isZero();
      assertThat(found[length + 1]).isZero();
      assertThat(Arrays.copyOfRange(found, 1, length + 1))
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
    }
  }

  @Test
  void longOnesAreReadPastTheSystemsMemory() throws IOException {
    try (FileStretch _ = FileStretch.open(file, 0, Direct.PART)) {
      assertThat(OpenFiles.isDirect(file)).isTrue();
    }
    try (FileStretch _ = FileStretch.open(file, 0, Direct.PART - 1)) {
      assertThat(OpenFiles.isDirect(file)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 5244115", "0, 9000000", "5244000, 115", "4194304, 1049811", "3, 5244112"})
  void endsWithTheFile(int offset, int length) throws IOException {
    byte[] found = new byte[length];
    try (FileStretch stretch = FileStretch.open(file, offset, length)) {
      stretch.read(found, 0, SIZE - offset);
      assertThatThrownBy(() -> stretch.read(found, 0, length - (SIZE - offset)))
          .isInstanceOf(EOFException.class);
    }
    assertThat(Arrays.copyOf(found, SIZE - offset))
        .isEqualTo(Arrays.copyOfRange(content, offset, SIZE));
  }

  @ParameterizedTest
  @CsvSource({"5244115, 1", "6000001, 2000000", "6291456, 2000000"})
  void beginsWithinTheFile(int offset, int length) throws IOException {
    assertThatThrownBy(
            () -> {
              try (FileStretch stretch = FileStretch.open(file, offset, length)) {
                stretch.read(new byte[1], 0, 1);
              }
            })
        .isInstanceOf(EOFException.class);
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    for (int length : new int[] {1, SIZE}) {
      assertThatThrownBy(() -> FileStretch.open(folder.resolve("other"), 0, length))
          .isInstanceOf(NoSuchFileException.class);
    }
  }
}

package org.groundwork.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path root;

  @Test
  void oneProcessAtATime() throws IOException {
    try (DataFolder _ = DataFolder.lock(root)) {
      assertThatThrownBy(() -> DataFolder.lock(root).close()).hasMessageContaining("uses " + root);
    }
    DataFolder.lock(root).close();
    assertThat(root.resolve("FORMAT")).exists();
  }

  @Test
  void theFolderOfANewerVersionIsRefusedAndGivenBack() throws IOException {
    Path format = root.resolve("FORMAT");
    Files.writeString(format, "groundwork data 999\n");
    assertThatThrownBy(() -> DataFolder.lock(root).close()).hasMessageContaining("newer version");
    Files.delete(format);
    DataFolder.lock(root).close();
  }
}

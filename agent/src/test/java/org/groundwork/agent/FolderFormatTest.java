package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFormatTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("FORMAT");
  }

  @Test
  void aFolderWithoutANumberGetsOneAndOpensAgain() throws IOException {
    FolderFormat.check(folder.resolve("new/one"));
    assertThat(folder.resolve("new/one/FORMAT")).hasContent("groundwork data 2");
    FolderFormat.check(folder.resolve("new/one"));
  }

  @Test
  void anOlderFolderGetsTheNumberOfWhatIsWrittenFromNowOn() throws IOException {
    Files.writeString(file(), "groundwork data 1\n");
    FolderFormat.check(folder);
    assertThat(file()).hasContent("groundwork data 2");
  }

  @Test
  void aFolderOfANewerVersionIsRefusedAndLeftAsItIs() throws IOException {
    Files.writeString(file(), "groundwork data 3\n");
    Scene scene = new Scene();
    assertThatThrownBy(
            () -> new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer version of Groundwork (layout 3, this version knows 2)");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1\n", "groundwork data 1", "groundwork data 01\n", "\0\0\0\0"})
  void aDamagedNumberIsRefused(String content) throws IOException {
    Files.writeString(file(), content);
    assertThatThrownBy(() -> FolderFormat.check(folder)).hasMessageContaining("damaged");
  }
}

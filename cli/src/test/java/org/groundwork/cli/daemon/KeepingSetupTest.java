package org.groundwork.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingSetupTest {
  @TempDir private Path folder;

  KeepingSetupTest() {
    folder = Path.of("");
  }

  private KeepingSetup read(String content) throws IOException {
    Files.writeString(folder.resolve(KeepingSetup.FILE), content);
    return KeepingSetup.read(folder);
  }

  @Test
  void whatIsLeftOutIsTheDefault() throws IOException {
    assertThat(KeepingSetup.read(folder)).isEqualTo(KeepingSetup.DEFAULT);
    assertThat(read("{}")).isEqualTo(KeepingSetup.DEFAULT);
    assertThat(read("{\"monthly_dollars\": \"25\", \"warn_percent\": 70}"))
        .isEqualTo(new KeepingSetup("25", 70, 300, 3600, 1, 7, 4096));
    assertThat(
            read(
                """
                {"monthly_dollars": "25", "warn_percent": 80, "metadata_seconds": 1,
                 "audit_seconds": 2, "audit_stripes": 3, "trash_days": 4, "cache_mib": 5}
                """))
        .isEqualTo(new KeepingSetup("25", 80, 1, 2, 3, 4, 5));
  }

  @Test
  void whatCannotBeIsRefusedWithASentence() {
    assertThatIOException()
        .isThrownBy(() -> read("{\"cache_gib\": 1}"))
        .withMessageContaining("unknown key \"cache_gib\"; did you mean \"cache_mib\"?");
    assertThatIOException()
        .isThrownBy(() -> read("{\"cache_mib\": -1}"))
        .withMessageContaining("cache_mib is 0 or more");
    assertThatIOException()
        .isThrownBy(() -> read("{\"cache_mib\": 1, \"cache_mib\": 2}"))
        .withMessageContaining("cannot be read");
    assertThatIOException().isThrownBy(() -> read("[]")).withMessageContaining("cannot be read");
    assertThatIOException().isThrownBy(() -> read("")).withMessageContaining("cannot be read");
    assertThatIOException().isThrownBy(() -> read("null")).withMessageContaining("cannot be read");
  }
}

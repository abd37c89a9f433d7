package org.groundwork.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration, which a person wrote, is read as written or refused with a sentence. */
class ConfigFileFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] content) throws IOException {
    check(content, ProviderSetup.class);
    check(content, CustomerSetup.class);
    check(content, EndpointSetup.class);
    check(content, KeepingSetup.class);
  }

  private static <T extends Record> void check(byte[] content, Class<T> type) throws IOException {
    T read;
    try {
      read = ConfigFile.parse(content, type, "the file");
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith("the file ");
      return;
    }
    Path file = Files.createTempFile("config", ".json");
    try {
      ConfigFile.write(file, read);
      assertThat(ConfigFile.read(file, type)).isEqualTo(read);
    } finally {
      Files.delete(file);
    }
  }
}

package org.groundwork.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** A configuration, which a person wrote, is read or refused with a sentence. */
class UpFileFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] content) {
    try {
      assertThat(UpFile.parse(content, "the file").toString()).startsWith("UpSetup[");
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith("the file");
    }
  }
}

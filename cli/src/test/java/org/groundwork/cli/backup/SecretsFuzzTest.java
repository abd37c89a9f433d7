package org.groundwork.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** What is no sealed file, or was changed, is refused with a sentence. */
class SecretsFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] content) {
    try {
      assertThat(Secrets.open(content, "phrase").files()).isNotNull();
    } catch (IOException refused) {
      assertThat(refused).hasMessageContaining(Secrets.SEALED);
    }
  }
}

package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLogTest {
  private static final Bytes ONE = Bytes.of((byte) 1, (byte) 1);
  private static final Bytes TWO = Bytes.of((byte) 2);

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("log");
    try (DurableLog log = DurableLog.open(file).log()) {
      log.append(ONE);
      log.append(TWO);
      log.force();
    }
  }

  @Test
  void keepsWhatWasAppended() throws IOException {
    assertThat(read()).containsExactly(ONE, TWO);
  }

  @Test
  void dropsATornLastRecordAtEachLength() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 10; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(read()).containsExactly(ONE);
    }
  }

  @Test
  void dropsZerosThatACrashLeftInPlaceOfARecord() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int zeros = 1; zeros < 40; zeros++) {
      Files.write(file, Arrays.copyOf(whole, whole.length + zeros));
      assertThat(read()).containsExactly(ONE, TWO);
    }
  }

  @Test
  void refusesDamageInTheMiddle() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    whole[8] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> DurableLog.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged at byte 0");
  }

  @Test
  void appendsAfterARewrite() throws IOException {
    try (DurableLog log = DurableLog.open(file).log()) {
      log.rewrite(List.of(TWO));
      log.append(ONE);
    }
    assertThat(read()).containsExactly(TWO, ONE);
  }

  private List<Bytes> read() throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    opened.log().close();
    return opened.records();
  }
}

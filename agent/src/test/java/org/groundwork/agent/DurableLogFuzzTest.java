package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Sequence;

/** An agent's logs open with the records before a torn end, or are refused. */
class DurableLogFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void logsOpenOrAreRefused(byte[] data) throws IOException {
    Path folder = Files.createTempDirectory("fuzz");
    Path file = folder.resolve("any.log");
    try {
      Files.write(file, data);
      List<Bytes> records;
      try {
        DurableLog.Opened opened = DurableLog.open(file);
        records = opened.records();
        opened.log().close();
      } catch (IOException refused) {
        return;
      }
      assertThat(DurableLog.read(file)).isEqualTo(records);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void keptPromisesAreFoundOrRefused(byte[] data) throws IOException {
    Path folder = Files.createTempDirectory("fuzz");
    Path file = folder.resolve("promises.log");
    try {
      DurableLog.Opened opened = DurableLog.open(file);
      opened.log().append(Bytes.of(data));
      opened.log().close();
      try {
        assertThat(PromiseLog.find(folder, new Sequence(1))).isNotNull();
      } catch (IOException refused) {
        assertThat(refused).hasMessageContaining("promises.log");
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }
}

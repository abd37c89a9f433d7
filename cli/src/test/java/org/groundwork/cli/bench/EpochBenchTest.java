package org.groundwork.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochBenchTest {
  private static final int DEVICES = 20_000;
  private static final int REPORTS = 24 * DEVICES;

  @TempDir private Path folder;

  /** What is said of devices and records is in files; kept in memory it was estimated at 200 MB. */
  @Test
  void anEpochIsClosedAndWrittenInAHeapThatCouldNotHoldIt() throws Exception {
    EpochBench.make(folder, new SyntheticEpoch(DEVICES, REPORTS, false));
    JsonNode closed = EpochBench.child(EpochBench.CLOSE, folder, DEVICES, REPORTS, "-Xmx48m");
    assertThat(closed.path("reports").asInt()).isGreaterThan(REPORTS);
    JsonNode roomy = EpochBench.child(EpochBench.CLOSE, folder, DEVICES, REPORTS, "-Xmx512m");
    assertThat(closed.path("result")).isEqualTo(roomy.path("result"));
    assertThat(Bytes.fromHex(closed.path("result").asText()).size()).isEqualTo(32);
  }
}

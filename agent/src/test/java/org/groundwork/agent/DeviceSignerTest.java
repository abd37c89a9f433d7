package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSignerTest {
  private static final Bytes PAYLOAD = Bytes.fromHex("01");
  private static final EpochNumber EPOCH = new EpochNumber(0);

  @TempDir private Path folder;
  private final Scene scene = new Scene();

  @Test
  void takesTurnsWithAnOutboxAndNeverRepeatsASequence() throws Exception {
    Set<Sequence> seen = new HashSet<>();
    for (int turn = 0; turn < 3; turn++) {
      try (DeviceSigner signer = DeviceSigner.open(folder, scene.identity())) {
        Report report = signer.sign(ReportBody.Form.JWS_EDDSA, PAYLOAD, EPOCH);
        assertThat(seen.add(report.parse().sequence())).isTrue();
      }
      try (Outbox outbox = new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene)) {
        var sent = outbox.submit(PAYLOAD, Outbox.Lifetime.PROMISED);
        outbox.step();
        assertThat(sent).isDone();
      }
      assertThat(seen.add(scene.received().getLast().parse().sequence())).isTrue();
    }
    assertThat(seen).hasSize(6);
  }

  @Test
  void whoHoldsTheFolderIsAlone() throws Exception {
    try (DeviceSigner first = DeviceSigner.open(folder, scene.identity())) {
      assertThatThrownBy(() -> DeviceLock.take(folder, Duration.ZERO))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process signs");
      assertThat(first.sign(ReportBody.Form.BINARY, PAYLOAD, EPOCH).parse().payload())
          .isEqualTo(PAYLOAD);
    }
    DeviceLock.take(folder, Duration.ZERO).close();
  }

  @Test
  void saysThatTheClockWentBack() throws Exception {
    try (DeviceSigner signer = DeviceSigner.open(folder, scene.identity())) {
      signer.sign(ReportBody.Form.BINARY, PAYLOAD, new EpochNumber(3));
      assertThatThrownBy(() -> signer.sign(ReportBody.Form.BINARY, PAYLOAD, EPOCH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("The clock went back");
    }
  }
}

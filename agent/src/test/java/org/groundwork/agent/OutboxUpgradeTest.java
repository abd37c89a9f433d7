package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state folder that an agent of the version before left when it died opens with this one: it
 * keeps its promises, sends what waited, and uses no sequence twice. Made by {@link
 * PreviousOutbox}.
 */
class OutboxUpgradeTest {
  private static final String BEFORE = "outbox-0.zip";

  @TempDir private Path folder;

  @Test
  void whatThePreviousVersionKeptIsFoundAndSent() throws Exception {
    unpack();
    for (int counter = 0; counter < PreviousOutbox.PROMISED; counter++) {
      assertThat(PromiseLog.find(folder, new Sequence(counter))).isPresent();
    }
    Scene scene = new Scene();
    try (Outbox outbox = new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene)) {
      assertThat(outbox.waiting()).isEqualTo(PreviousOutbox.WAITING);
      outbox.start();
      Future<Outbox.Sent> next = outbox.submit(Bytes.of((byte) 9), Outbox.Lifetime.PROMISED);
      assertThat(next.get(10, TimeUnit.SECONDS).sequence().value())
          .isGreaterThanOrEqualTo(PreviousOutbox.PROMISED + PreviousOutbox.WAITING);
    }
    List<Bytes> payloads = new ArrayList<>();
    for (Report report : scene.received()) {
      payloads.add(report.parse().payload());
      assertThat(report.parse().sequence().value()).isGreaterThanOrEqualTo(PreviousOutbox.PROMISED);
    }
    assertThat(payloads)
        .containsExactly(Bytes.of((byte) 3), Bytes.of((byte) 4), Bytes.of((byte) 9));
  }

  private void unpack() throws IOException {
    try (InputStream file =
            Objects.requireNonNull(OutboxUpgradeTest.class.getResourceAsStream(BEFORE));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(zip, target);
      }
    }
  }
}

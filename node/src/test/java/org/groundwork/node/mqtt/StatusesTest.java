package org.groundwork.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices said of themselves is known after a restart. */
class StatusesTest {
  @TempDir private Path folder;

  private Statuses open() throws IOException {
    return new Statuses(folder.resolve("statuses.log"));
  }

  private static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<DeviceId, Bytes> all(Statuses statuses) {
    Map<DeviceId, Bytes> all = new TreeMap<>();
    statuses.forEach(all::put);
    return all;
  }

  @Test
  void theLastWordsOfAllDevicesSurviveARestart() throws IOException {
    Map<DeviceId, Bytes> said = new TreeMap<>();
    try (Statuses statuses = open()) {
      for (long device = 1; device <= 100; device++) {
        statuses.put(new DeviceId(device), text("online"));
        statuses.put(new DeviceId(device), text("on mains " + device));
        said.put(new DeviceId(device), text("on mains " + device));
      }
      statuses.put(new DeviceId(7), Bytes.EMPTY);
      said.remove(new DeviceId(7));
      assertThat(all(statuses)).isEqualTo(said);
    }
    try (Statuses again = open()) {
      assertThat(all(again)).isEqualTo(said);
      again.put(new DeviceId(8), Bytes.EMPTY);
      said.remove(new DeviceId(8));
    }
    try (Statuses again = open()) {
      assertThat(all(again)).isEqualTo(said);
    }
  }

  @Test
  void aTornEndIsLeftOut() throws IOException {
    try (Statuses statuses = open()) {
      statuses.put(new DeviceId(1), text("online"));
    }
    Path file = folder.resolve("statuses.log");
    byte[] whole = Files.readAllBytes(file);
    try (Statuses statuses = open()) {
      statuses.put(new DeviceId(2), text("online"));
    }
    byte[] more = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(more, whole.length + 5));
    try (Statuses again = open()) {
      assertThat(all(again)).containsOnlyKeys(new DeviceId(1));
    }
  }
}

package org.groundwork.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.groundwork.engine.Scene;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.local.Runners;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkSettingsTest {
  @Test
  void areReadFromAnAddress() {
    assertThat(FlinkSettings.of(URI.create("flink://host:8081/mnt/a%20b?parallelism=16")))
        .isEqualTo(new FlinkSettings(URI.create("http://host:8081"), Path.of("/mnt/a b"), 16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flink://host/mnt?parallelism=1",
        "flink://host:8081",
        "flink://host:8081/mnt",
        "flink://host:8081?parallelism=1",
        "flink://host:8081/?parallelism=1",
        "flink://host:8081/mnt?parallelism=0",
        "flink://host:8081/mnt?parallelism=-1",
        "flink://host:8081/mnt?parallelism=1&tasks=2",
        "http://host:8081/mnt?parallelism=1"
      })
  void refuseAnyOtherAddress(String address) {
    assertThatThrownBy(() -> FlinkSettings.of(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void chooseTheRunner() {
    assertThat(open("local")).isInstanceOf(LocalRunner.class);
    assertThat(open("flink://host:8081/mnt?parallelism=1")).isInstanceOf(FlinkRunner.class);
    assertThatThrownBy(() -> open("spark://host:1"))
        .hasMessageContaining("spark://host:1")
        .hasMessageContaining("flink");
  }

  private static Object open(String address) {
    return Runners.open(URI.create(address), Scene.NETWORKS, SignatureVerifiers.best(), 1);
  }
}

package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SensingCommandTest {
  @TempDir Path folder;

  @Test
  void judgesARecordedSeriesAndPrintsScoreAndFindings() throws IOException {
    Path file = folder.resolve("station.csv");
    StringBuilder rows = new StringBuilder("temperature,utc_datetime\n");
    for (int i = 0; i < 60; i++) {
      String temperature = i == 20 ? "85.0" : "2" + i % 5 + ".5";
      if (i < 30 || i >= 40) {
        rows.append("%s,2021-06-01 %02d:%02d:00%n".formatted(temperature, i / 20, i % 20 * 3));
      }
    }
    Files.writeString(file, rows);
    JsonNode json = new ObjectMapper().readTree(run("sensing", "judge", file.toString(), "--json"));
    assertThat(json.get("score").decimalValue().doubleValue()).isBetween(0.0, 0.2);
    assertThat(json.get("findings")).hasSize(2);
    JsonNode range = json.get("findings").get(0);
    assertThat(range.get("parameter").asText()).isEqualTo("temperature");
    assertThat(range.get("from").asText()).isEqualTo("2021-06-01T01:00:00Z");
    assertThat(range.get("to").asText()).isEqualTo("2021-06-01T01:03:00Z");
    assertThat(range.get("reason").asText()).isEqualTo("sensing.out-of-range");
    JsonNode outage = json.get("findings").get(1);
    assertThat(outage.get("parameter").asText()).isEqualTo("all");
    assertThat(outage.get("from").asText()).isEqualTo("2021-06-01T01:30:00Z");
    assertThat(outage.get("to").asText()).isEqualTo("2021-06-01T02:00:00Z");
    assertThat(run("sensing", "judge", file.toString()))
        .contains("sensing.outage")
        .contains("Check power and network");
  }

  /** Three days of values each ten minutes: more than one series holds. */
  private Path official() throws IOException {
    StringBuilder rows = new StringBuilder("utc_datetime,temperature,station\n");
    for (int i = 0; i < 3000; i++) {
      Instant time = Instant.ofEpochSecond(1_700_000_000L + i * 600L);
      rows.append("%s,%d.%d,07190%n".formatted(time, 10 + i % 7, i % 10));
    }
    return Files.writeString(folder.resolve("official.csv"), rows);
  }

  @Test
  void addsReferenceSeriesToADefinitionByTheirHashes() throws Exception {
    Path definition = Files.writeString(folder.resolve("air.toml"), DefinitionFile.template("air"));
    Path references = folder.resolve("references");
    String[] command = {
      "sensing",
      "reference",
      "add",
      official().toString(),
      "--field",
      "temperature",
      "--definition",
      definition.toString(),
      "--folder",
      references.toString()
    };
    run(command);
    run(command);
    SensingDefinition rules =
        DefinitionFile.read(Files.readString(definition)).definition().orElseThrow().rules();
    assertThat(rules.references()).hasSize(2);
    for (Hash hash : rules.references()) {
      Path file = references.resolve(hash.toHex().substring(2) + ".series");
      assertThat(Sha256.hash(Files.readAllBytes(file))).isEqualTo(hash);
    }
    ReferenceFolder kept = ReferenceFolder.read(references, rules);
    EpochSchedule schedule = new EpochSchedule(1_700_000_000L, 60, 60, 5);
    List<Bytes> due = kept.due(schedule, new EpochNumber(2));
    assertThat(due).hasSize(1);
    Bytes report = due.getFirst();
    assertThat(ReferenceSeries.decode(report.slice(1, report.size())).values().getFirst())
        .isEqualTo(100);
    assertThat(kept.due(schedule, new EpochNumber(600))).isEmpty();
    var extras =
        new DeviceRunCommand.Extras(Optional.of(Bytes.of((byte) 4)), Optional.of(kept), schedule);
    long now = 1_700_000_000L + 2 * 3600;
    assertThat(extras.next(now)).containsExactly(Bytes.of((byte) 4), report);
    assertThat(extras.next(now + 60)).isEmpty();
    assertThat(extras.next(now + 3600)).containsExactly(report);
  }

  @Test
  void saysWhyAFileIsNoReference() throws Exception {
    Path definition = Files.writeString(folder.resolve("air.toml"), DefinitionFile.template("air"));
    Path file =
        Files.writeString(
            folder.resolve("uneven.csv"),
            """
            utc_datetime,temperature
            2026-01-01T00:00:00Z,1.0
            2026-01-01T01:00:00Z,1.0
            2026-01-01T03:00:00Z,1.0
            """);
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
    int exit =
        command.execute(
            "sensing",
            "reference",
            "add",
            file.toString(),
            "--field",
            "temperature",
            "--definition",
            definition.toString());
    assertThat(exit).isNotZero();
    assertThat(err.toString()).contains("line 4").contains("even steps");
    assertThat(Files.readString(definition)).isEqualTo(DefinitionFile.template("air"));
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(commandLine.execute(arguments)).isZero();
    return out.toString();
  }
}

package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out));
    assertThat(commandLine.execute(arguments)).isZero();
    return out.toString();
  }
}

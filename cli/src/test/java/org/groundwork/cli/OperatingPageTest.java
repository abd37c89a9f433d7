package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the blocks {@code sh} of docs/operating.md as they stand, in their order, on three machines;
 * then kills the explorer, whose page comes back, and processes of all machines at random, as many
 * as the property {@code groundwork.up.kills} says.
 */
class OperatingPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh ?([^\\n]*)\\n(.*?)^```$");
  private static final Pattern METRIC = Pattern.compile("\\bgroundwork_[a-z_]+");
  private static final int KILLS = Integer.getInteger("groundwork.up.kills", 0);
  private static final int MACHINES = 3;

  @TempDir private Path folder;

  @Test
  void thePagesCommandsWorkAndNoKillLosesAnything() throws Exception {
    try (Operation operation = new Operation(folder, MACHINES)) {
      page(operation);
      theDashboardAndTheRulesNameMetricsThatExist();
      JsonNode joined = operation.json(2, "./groundwork status --dir joined --json");
      assertThat(joined.path("providers").path(0).path("answers").asBoolean())
          .as(joined.toString())
          .isTrue();
      long seed = Long.getLong("groundwork.seed", new SecureRandom().nextLong());
      UpKills kills = new UpKills(operation, new Random(seed));
      kills.killExplorer();
      if (KILLS > 0) {
        System.out.println("groundwork.seed=" + seed + ", groundwork.up.kills=" + KILLS);
        kills.run(KILLS);
      }
    }
  }

  private void page(Operation operation) throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "operating.md")));
    int blocks = 0;
    while (block.find()) {
      String how = block.group(1).strip();
      int machine = how.startsWith("other") ? 2 : how.startsWith("third") ? 3 : 1;
      how = how.replaceFirst("^(other|third) ?", "");
      if (how.equals("background")) {
        operation.background(machine, block.group(2));
      } else if (how.startsWith("until=")) {
        operation.until(machine, block.group(2), how.substring("until=".length()));
      } else {
        assertThat(how).isEmpty();
        operation.output(machine, block.group(2));
      }
      blocks++;
    }
    assertThat(blocks).isGreaterThan(9);
    assertThat(folder.resolve("again/keys/password")).exists();
    assertThat(folder.resolve("again/explorer")).doesNotExist();
    assertThat(folder.resolve("monday/data/keys/password")).doesNotExist();
    assertThat(folder.resolve("monday/data/tls-key.pem")).doesNotExist();
  }

  private void theDashboardAndTheRulesNameMetricsThatExist() throws IOException {
    TreeSet<String> there = new TreeSet<>();
    for (String line : Files.readAllLines(folder.resolve("metrics"))) {
      if (!line.startsWith("#")) {
        there.add(line.replaceFirst("[{ ].*$", ""));
      }
    }
    Path monitoring = Path.of("..", "packaging", "monitoring");
    TreeSet<String> named = new TreeSet<>();
    JsonNode dashboard =
        Json.MAPPER.readTree(Files.readAllBytes(monitoring.resolve("grafana-dashboard.json")));
    for (JsonNode expression : dashboard.findValues("expr")) {
      METRIC.matcher(expression.asText()).results().forEach(found -> named.add(found.group()));
    }
    for (String line : Files.readAllLines(monitoring.resolve("alerts.yml"))) {
      if (line.strip().startsWith("expr:")) {
        METRIC.matcher(line).results().forEach(found -> named.add(found.group()));
      }
    }
    assertThat(named).hasSizeGreaterThan(15);
    assertThat(there).containsAll(named);
  }
}

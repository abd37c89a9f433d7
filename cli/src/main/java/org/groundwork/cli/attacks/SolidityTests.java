package org.groundwork.cli.attacks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.cli.Failure;
import org.groundwork.cli.Json;

/** Tests of the contracts; an attack's number stands in the function's name. */
final class SolidityTests {
  private static final Pattern NAME =
      Pattern.compile("(?:test|testFuzz|invariant)_((?:A\\d+_)+)\\w+");
  private static final Pattern NUMBER = Pattern.compile("A\\d+");

  /** The suites' own runs are many; here an attack is mounted often enough to see it. */
  private static final Map<String, String> FEW_RUNS =
      Map.of("FOUNDRY_FUZZ_RUNS", "256", "FOUNDRY_INVARIANT_RUNS", "20");

  private SolidityTests() {}

  static List<AttackTest> run(Path home) throws IOException {
    Path contracts = home.resolve("contracts");
    Tool.Outcome outcome =
        Tool.run(
            contracts,
            FEW_RUNS,
            contracts.resolve("bin/forge"),
            "test",
            "--json",
            "--match-test",
            "_A[0-9]+_");
    JsonNode suites;
    try {
      suites = Json.MAPPER.readTree(outcome.lastLineStartingWith("{"));
    } catch (IOException e) {
      throw new Failure("forge gave no report:\n" + outcome.tail(), e);
    }
    return read(suites);
  }

  static List<AttackTest> read(JsonNode suites) {
    List<AttackTest> tests = new ArrayList<>();
    for (var suite : suites.properties()) {
      String file = suite.getKey().replaceFirst(":.*", "").replaceFirst(".*/", "");
      for (var result : suite.getValue().path("test_results").properties()) {
        Matcher name = NAME.matcher(result.getKey());
        if (name.lookingAt()) {
          boolean passed = "Success".equals(result.getValue().path("status").asText());
          String function = file + ":" + name.group();
          NUMBER
              .matcher(name.group(1))
              .results()
              .forEach(number -> tests.add(new AttackTest(number.group(), function, passed)));
        }
      }
    }
    return tests;
  }
}

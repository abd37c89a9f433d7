package org.groundwork.cli.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.groundwork.cli.Failure;
import org.groundwork.cli.Json;
import org.groundwork.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mounts the attacks of docs/security.md. */
@Command(
    name = "attacks",
    mixinStandardHelpOptions = true,
    description = {
      "Mounts every attack of docs/security.md that a test mounts, now, and says how it went.",
      "Takes some minutes; needs the source folder.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork attacks",
      "  groundwork attacks --only A23,A41",
      "  groundwork attacks --json",
      "",
      "Exit status: 0 if each attack was defeated or does not apply yet, 1 if not.",
    })
public final class AttacksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--only", split = ",", paramLabel = "ID", description = "Shows these alone.")
  private List<String> only = List.of();

  @Option(names = "--json", description = "Prints one line of JSON: a list.")
  private boolean json;

  /** What became of an attack. */
  private record Line(Attack attack, String status, List<AttackTest> tests) {
    boolean isGood() {
      return !"fail".equals(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    Path home = Path.of(System.getProperty("groundwork.home", "."));
    if (!Files.exists(home.resolve("contracts/bin/forge"))) {
      throw new Failure("The attacks need the source folder: run ./groundwork attacks in it.");
    }
    List<Attack> attacks =
        Catalogue.read(home).stream()
            .filter(attack -> only.isEmpty() || only.contains(attack.id()))
            .toList();
    if (attacks.isEmpty()) {
      throw new Failure("docs/security.md lists none of " + only + ".");
    }
    List<AttackTest> tests = new ArrayList<>();
    say("Attacks on the contracts ...");
    tests.addAll(SolidityTests.run(home));
    say("Attacks on the node and the rules ...");
    tests.addAll(JavaTests.run(home));
    List<Line> lines = attacks.stream().map(attack -> line(attack, tests)).toList();
    if (json) {
      printJson(lines);
    } else {
      printTable(lines);
    }
    return lines.stream().allMatch(Line::isGood) ? 0 : 1;
  }

  private static Line line(Attack attack, List<AttackTest> all) {
    List<AttackTest> tests =
        all.stream().filter(test -> test.attack().equals(attack.id())).toList();
    boolean passed = !tests.isEmpty() && tests.stream().allMatch(AttackTest::passed);
    String status = passed ? "pass" : tests.isEmpty() && !attack.applies() ? "explained" : "fail";
    return new Line(attack, status, tests);
  }

  private void say(String what) {
    spec.commandLine().getErr().println(what);
    spec.commandLine().getErr().flush();
  }

  private void printJson(List<Line> lines) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (Line line : lines) {
      list.addObject()
          .put("id", line.attack().id())
          .put("title", line.attack().title())
          .put("status", line.status())
          .put("test", names(line.tests()))
          .put("defence", line.attack().defence());
    }
    spec.commandLine().getOut().println(Json.line(list));
    spec.commandLine().getOut().flush();
  }

  private void printTable(List<Line> lines) {
    Table table = new Table("id", "attack", "status", "tests", "the first of them");
    for (Line line : lines) {
      String first = line.tests().isEmpty() ? "" : line.tests().getFirst().name();
      String failed =
          line.tests().stream()
              .filter(test -> !test.passed())
              .map(test -> "FAILED: " + test.name())
              .findFirst()
              .orElse(first);
      table.row(
          line.attack().id(), line.attack().title(), line.status(), line.tests().size(), failed);
    }
    var out = spec.commandLine().getOut();
    out.print(table);
    out.printf(
        "%n%d defeated, %d failed, %d do not apply yet (docs/security.md says why).%n",
        count(lines, "pass"), count(lines, "fail"), count(lines, "explained"));
    out.flush();
  }

  private static long count(List<Line> lines, String status) {
    return lines.stream().filter(line -> line.status().equals(status)).count();
  }

  private static String names(List<AttackTest> tests) {
    return tests.stream().map(AttackTest::name).distinct().collect(Collectors.joining(", "));
  }
}

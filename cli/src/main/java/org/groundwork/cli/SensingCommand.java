package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.groundwork.networks.sensing.recorded.FileJudge;
import org.groundwork.networks.sensing.recorded.Judgement;
import org.groundwork.networks.sensing.recorded.RecordedFile;
import org.groundwork.networks.sensing.rules.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sensing networks without a chain. */
@Command(
    name = "sensing",
    mixinStandardHelpOptions = true,
    description = "Judges what sensors recorded, as a sensing network does.",
    subcommands = {SensingCommand.Judge.class, SensingReferenceCommand.class},
    footer = {"", "Example:", "  groundwork sensing judge station.csv --json"})
final class SensingCommand {
  private SensingCommand() {}

  /** Judges a file. */
  @Command(
      name = "judge",
      mixinStandardHelpOptions = true,
      description = {
        "Judges a series of a weather station: columns utc_datetime, temperature, humidity,",
        "pressure, wind_speed, wind_direction, illuminance, precipitation_accumulated; each may be",
        "missing but the first. Times are UTC; a finding ends before the second in \"to\"."
      },
      footer = {
        "",
        "Examples:",
        "  groundwork sensing judge station.csv",
        "  groundwork sensing judge station.csv --neighbours stations/ --json",
      })
  static final class Judge implements Callable<Integer> {
    private static final int MAX_NEIGHBOURS = 1000;
    private static final int SCORE_DECIMALS = 4;

    @Parameters(paramLabel = "FILE", description = "File with comma-separated values.")
    private Path file;

    @Option(
        names = "--neighbours",
        paramLabel = "DIR",
        description = "Folder with the files (*.csv) of stations around it.")
    private Optional<Path> neighbours;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Judgement judgement = FileJudge.judge(RecordedFile.read(file), around());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(json(judgement)));
        return 0;
      }
      out.println("score " + score(judgement));
      for (Finding finding : judgement.findings()) {
        out.printf(
            "%s to %s  %s  %s%n    %s%n    %s%n",
            Instant.ofEpochSecond(finding.from()),
            Instant.ofEpochSecond(finding.to()),
            judgement.parameter(finding),
            finding.reason().code(),
            finding.evidence(),
            finding.reason().happened() + " " + finding.reason().remedy());
      }
      return 0;
    }

    private List<RecordedFile> around() throws IOException {
      List<RecordedFile> around = new ArrayList<>();
      if (neighbours.isPresent()) {
        try (Stream<Path> all = Files.list(neighbours.get())) {
          for (Path each : all.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
            if (!Files.isSameFile(each, file) && around.size() < MAX_NEIGHBOURS) {
              around.add(RecordedFile.read(each));
            }
          }
        }
      }
      return around;
    }

    private static ObjectNode json(Judgement judgement) {
      ObjectNode json = Json.object();
      json.put("score", score(judgement));
      ArrayNode findings = json.putArray("findings");
      for (Finding finding : judgement.findings()) {
        findings
            .addObject()
            .put("parameter", judgement.parameter(finding))
            .put("from", Instant.ofEpochSecond(finding.from()).toString())
            .put("to", Instant.ofEpochSecond(finding.to()).toString())
            .put("reason", finding.reason().code())
            .put("evidence", finding.evidence());
      }
      return json;
    }

    /** Between 0 and 1. */
    private static BigDecimal score(Judgement judgement) {
      return new BigDecimal(judgement.score().value()).movePointLeft(SCORE_DECIMALS);
    }
  }
}

package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.networks.sensing.definition.Checked;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.networks.sensing.recorded.ReferenceFile;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Hash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Series that readings are compared with. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Series that a network's readings are compared with.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SensingReferenceCommand.Add.class,
    footer = {
      "",
      "Example:",
      "  groundwork sensing reference add official.csv --field temperature --definition air.toml",
    })
final class SensingReferenceCommand {
  private SensingReferenceCommand() {}

  /** Adds a file to a definition. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Makes reference series of a file with columns utc_datetime and the field, in even steps;",
        "keeps each under its SHA-256 in a folder, and names it at the end of the definition. After",
        "\"network apply\", stations in its cells pass it on: device run --references FOLDER.",
      },
      footer = {
        "",
        "Example:",
        "  groundwork sensing reference add official.csv --field temperature --definition air.toml",
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "File with comma-separated values.")
    private Path file;

    @Option(names = "--field", required = true, description = "Which of the definition's fields.")
    private String fieldName;

    @Option(
        names = "--definition",
        required = true,
        paramLabel = "FILE",
        description = "The network's definition, which is to name the series.")
    private Path definition;

    @Option(
        names = "--folder",
        defaultValue = "references",
        description = "Where to keep the series (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      SensingDefinition rules = rules(Files.readString(definition));
      Field field = field(rules);
      List<ReferenceSeries> series = ReferenceFile.read(file, field);
      StringBuilder added = new StringBuilder();
      for (ReferenceSeries each : series) {
        if (!rules.references().contains(each.hash())) {
          added.append("\n[[references]]\nsha256 = \"%s\"\n".formatted(hex(each.hash())));
        }
      }
      rules(Files.readString(definition) + added);
      PrintWriter out = spec.commandLine().getOut();
      for (ReferenceSeries each : series) {
        out.printf(
            "%s  %d values of %s%n",
            ReferenceFolder.add(folder, each), each.values().size(), field.name());
      }
      Files.writeString(definition, added, StandardOpenOption.APPEND);
      out.flush();
      return 0;
    }

    private Field field(SensingDefinition rules) {
      Field field =
          rules.fields().stream()
              .filter(each -> each.name().equals(fieldName))
              .findFirst()
              .orElseThrow(() -> new Failure("The definition has no field " + fieldName + "."));
      if (field.neighbourTolerance() == 0 || field.type() == Field.Type.COUNTER) {
        throw new Failure(
            "Readings of %s are compared with nothing: the field needs neighbours_within."
                .formatted(fieldName));
      }
      return field;
    }

    private SensingDefinition rules(String text) {
      Checked checked = DefinitionFile.read(text);
      return checked
          .definition()
          .orElseThrow(() ->
              new Failure(
                  "The definition has mistakes, with this file or without: "
                      + checked.mistakes().getFirst()))
          .rules();
    }

    private static String hex(Hash hash) {
      return hash.toHex().substring(2);
    }
  }
}

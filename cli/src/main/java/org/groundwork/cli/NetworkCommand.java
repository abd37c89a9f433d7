package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.founder.DefinitionText;
import org.groundwork.networks.sensing.definition.Checked;
import org.groundwork.networks.sensing.definition.FounderDefinition;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Networks: what a founder does. */
@Command(
    name = "network",
    mixinStandardHelpOptions = true,
    description = "Networks: checks a founder's definition, and brings it on chain.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NetworkCommand.Check.class,
      NetworkPlanCommand.class,
      NetworkApplyCommand.class,
      NetworkCommand.Show.class,
      NetworkEstimateCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork network check air-quality.toml",
      "  groundwork network plan air-quality.toml",
      "  groundwork network apply air-quality.toml --account founder",
      "  groundwork network show",
    })
final class NetworkCommand {
  private NetworkCommand() {}

  /** Checks a file. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Says everything that is wrong with a definition: line, column, field, and a likely fix.",
        "Needs no network. Exits with 0 if nothing is wrong and with 1 otherwise."
      },
      footer = {
        "",
        "Examples:",
        "  groundwork network check air-quality.toml",
        "  groundwork network check air-quality.toml --json",
      })
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The definition.")
    private Path file;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      Checked checked = DefinitionArgument.check(file);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(json(checked)));
      } else if (checked.definition().isPresent()) {
        out.print(summary(checked.definition().get()).text());
      } else {
        int count = checked.mistakes().size();
        out.println(DefinitionArgument.text(file, checked));
        out.printf("%n%d %s.%n", count, count == 1 ? "mistake" : "mistakes");
      }
      out.flush();
      return checked.mistakes().isEmpty() ? 0 : 1;
    }

    private static ObjectNode json(Checked checked) {
      ObjectNode json = checked.definition().map(it -> summary(it).json()).orElseGet(Json::object);
      json.put("ok", checked.mistakes().isEmpty());
      var list = json.putArray("mistakes");
      checked
          .mistakes()
          .forEach(mistake ->
              list.addObject()
                  .put("line", mistake.line())
                  .put("column", mistake.column())
                  .put("field", mistake.field())
                  .put("problem", mistake.problem())
                  .put("fix", mistake.fix()));
      return json;
    }

    private static Report summary(FounderDefinition definition) {
      return DefinitionReport.of(definition.rules())
          .put("bootstrap", definition.bootstrap().isPresent())
          .put("bytes_on_chain", definition.rules().encode().size())
          .rows("fields", DefinitionReport.fields(definition.rules()));
    }
  }

  /** Shows networks. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows all networks of a deployment, or one with its definition.",
      footer = {
        "",
        "Examples:",
        "  groundwork network show",
        "  groundwork network show air-quality --json"
      })
  static final class Show extends ChainAction {
    @Parameters(paramLabel = "NETWORK", arity = "0..1", description = "Its number or name.")
    private Optional<String> network;

    @Override
    Report run(ChainLink link) throws Exception {
      ChainState state = link.chain().stateNow();
      EpochNumber now =
          link.deployment().schedule().epochAt(Time.system().instant().getEpochSecond());
      if (network.isPresent()) {
        RegisteredNetwork found = NetworkNames.find(state, network.get());
        Report report = line(state, found, now);
        NetworkNames.definition(found)
            .ifPresent(definition -> {
              DefinitionReport.add(report, definition);
              report.rows("fields", DefinitionReport.fields(definition));
            });
        return report;
      }
      List<Report> lines = new ArrayList<>();
      for (RegisteredNetwork each : state.networks().values()) {
        lines.add(line(state, each, now));
      }
      return new Report().rows("networks", lines);
    }

    private static Report line(ChainState state, RegisteredNetwork network, EpochNumber now) {
      RegisteredNetwork.Rules last = network.rules().getLast();
      return new Report()
          .put("network", network.id().value())
          .put("title", NetworkNames.title(network))
          .put("rules", last.hash())
          .put("in_force", last.from().compareTo(now) <= 0 ? "now" : "from epoch " + last.from())
          .put("proposed", network.proposed().isPresent())
          .put(
              "devices",
              state.devices().stream().filter(it -> it.network().equals(network.id())).count())
          .put("bootstrap", DefinitionText.of(network.bootstrap()));
    }
  }
}

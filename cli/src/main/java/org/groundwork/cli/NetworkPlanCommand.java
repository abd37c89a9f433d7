package org.groundwork.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.networks.sensing.definition.FounderDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a definition would change. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Says what a definition would change on chain, and changes nothing.",
    footer = {"", "Example:", "  groundwork network plan air-quality.toml"})
final class NetworkPlanCommand extends ChainAction {
  @Parameters(paramLabel = "FILE", description = "The definition.")
  private Path file;

  @Option(
      names = "--bootstrap-from",
      paramLabel = "EPOCH",
      description = "First epoch with bootstrap; the next one without it.")
  private Optional<Long> bootstrapFrom;

  @Override
  Report run(ChainLink link) throws Exception {
    FounderDefinition definition = DefinitionArgument.read(file);
    NetworkPlanning planning = new NetworkPlanning(link);
    return planning.report(planning.plan(definition, bootstrapFrom));
  }
}

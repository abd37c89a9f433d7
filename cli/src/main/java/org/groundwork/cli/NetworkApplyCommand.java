package org.groundwork.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.founder.NetworkPlan;
import org.groundwork.networks.sensing.definition.DefinitionFile;
import org.groundwork.networks.sensing.definition.FounderDefinition;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.settlement.abi.BootstrapTerms;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.ContractCall;
import org.groundwork.settlement.abi.Proposal;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a definition on chain. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a definition on chain: creates the network at once if the account is the founder and",
      "founding lasts, and proposes it otherwise. Changed rules are always proposed. Doing it",
      "again changes nothing that is done already.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork network apply air-quality.toml --account founder",
      "  groundwork network apply air-quality.toml --account founder --dry-run",
    })
final class NetworkApplyCommand extends SpendAction {
  @Parameters(paramLabel = "FILE", description = "The definition.")
  private Path file;

  @Option(
      names = "--bootstrap-from",
      paramLabel = "EPOCH",
      description = "First epoch with bootstrap; the next one without it.")
  private Optional<Long> bootstrapFrom;

  @Override
  Report run(ChainLink link, Wallet wallet) throws Exception {
    FounderDefinition definition = DefinitionArgument.read(file);
    NetworkPlanning planning = new NetworkPlanning(link);
    NetworkPlan plan = planning.plan(definition, bootstrapFrom);
    String name = definition.name();
    return switch (plan.step()) {
      case NOTHING, DECIDE, ACTIVATE -> planning.report(plan);
      case CREATE -> {
        if (planning.founder().filter(wallet.account()::equals).isEmpty()) {
          yield propose(link, wallet, "Create the network " + name, creation(plan));
        }
        NetworkId id =
            wallet.createNetwork(
                DefinitionFile.KIND, plan.rules(), plan.parameters(), plan.budget());
        yield new Report()
            .put("done", "created the network " + name)
            .put("network", id.value())
            .put("rules", plan.rules());
      }
      case PROPOSE_RULES ->
          propose(
              link,
              wallet,
              "Change the rules of the network " + name,
              new Calls.Networks.ProposeRules(
                  plan.network().orElseThrow().id(), plan.rules(), plan.parameters()));
    };
  }

  private static Calls.Networks.Create creation(NetworkPlan plan) {
    return new Calls.Networks.Create(
        Wallet.kindOf(DefinitionFile.KIND),
        plan.rules(),
        plan.parameters(),
        BootstrapTerms.of(plan.budget()));
  }

  private static Report propose(
      ChainLink link, Wallet wallet, String description, ContractCall<?> call) throws Exception {
    AccountId registry = link.deployment().contracts().networkRegistry();
    BigInteger id =
        wallet.propose(new Proposal(List.of(Proposal.Action.of(registry, call)), description));
    return new Report()
        .put("done", "proposed: " + description)
        .put("proposal", id)
        .put("next", "groundwork gov vote " + id + " for, then queue and execute it");
  }
}

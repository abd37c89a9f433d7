package org.groundwork.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.Networks;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Kind;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.settlement.abi.BootstrapTerms;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.Proposal;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposals by named action. */
@Command(
    name = "propose",
    mixinStandardHelpOptions = true,
    description = "Proposes an action to the holders of tokens.",
    subcommands = {
      GovProposeCommand.CreateNetwork.class,
      GovProposeCommand.ProposeRules.class,
      GovProposeCommand.ElectCouncil.class,
      GovProposeCommand.SetBond.class,
      GovProposeCommand.PostPrice.class,
      GovProposeCommand.Pardon.class,
      GovProposeCommand.Raw.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork gov propose set-bond 500 --account founder",
      "  groundwork gov propose elect-council 0x.. 0x.. 0x.. --days 180 --account founder",
      "  groundwork gov propose raw --call 0xADDRESS:0xDATA --account founder",
    })
final class GovProposeCommand {
  private GovProposeCommand() {}

  /** What all proposals have in common. */
  abstract static class Action extends SpendAction {
    @Option(
        names = "--description",
        description = "What is proposed, for everybody to read; said by the action without it.")
    private Optional<String> description;

    abstract List<Proposal.Action> actions(Contracts contracts) throws Exception;

    /** In one sentence. */
    abstract String says();

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      Proposal proposal =
          new Proposal(actions(link.deployment().contracts()), description.orElseGet(this::says));
      return GovCommand.proposed(link, wallet.propose(proposal));
    }
  }

  /** Rules and their parameters. */
  static final class RulesOptions {
    @Option(
        names = "--parameters",
        required = true,
        paramLabel = "FILE",
        description = "File with the parameters as canonical JSON.")
    private Path parameters;

    @Option(
        names = "--rules-hash",
        paramLabel = "HASH",
        description =
            "Hash of rules that this program does not have; else the newest that take the"
                + " parameters.")
    private Optional<String> hash;

    Bytes parameters() throws IOException {
      return Bytes.wrap(Files.readAllBytes(parameters));
    }

    /** The rules' hash; refuses what verifiers could not judge by. */
    Hash hash() throws IOException {
      if (hash.isPresent()) {
        return Arguments.hash(hash.get());
      }
      Bytes given = parameters();
      Networks networks = Networks.installed();
      List<String> refusals = new ArrayList<>();
      for (Kind kind : networks.kinds()) {
        ResourceNetwork network = networks.of(kind).orElseThrow();
        try {
          network.rules(network.newest(), given);
          return network.newest().hash(kind, given);
        } catch (Malformed e) {
          refusals.add(kind + ": " + e.getMessage());
        }
      }
      throw new Failure(
          "no rules of this program take these parameters; " + String.join("; ", refusals));
    }
  }

  /** Creates a network. */
  @Command(
      name = "create-network",
      mixinStandardHelpOptions = true,
      description = "Creates a network, with or without a bootstrap budget.",
      footer = {
        "",
        "Examples:",
        "  groundwork gov propose create-network storage --parameters p.json --account founder",
        "  groundwork gov propose create-network storage --parameters p.json --as-founder \\",
        "      --bootstrap 100 --from 10 --until 5000 --device-stake 50 --account founder",
      })
  static final class CreateNetwork extends Action {
    @Parameters(paramLabel = "KIND", description = "Kind of resource, for instance storage.")
    private String kind;

    @Mixin private RulesOptions rules;

    @Option(
        names = "--bootstrap",
        paramLabel = "TOKENS",
        description = "Tokens of the first epoch's bootstrap budget; none without it.")
    private Optional<String> bootstrap;

    @Option(names = "--from", defaultValue = "0", description = "First epoch of bootstrap.")
    private long from;

    @Option(names = "--until", defaultValue = "0", description = "First epoch without bootstrap.")
    private long until;

    @Option(names = "--max-cell-bps", defaultValue = "1000", description = "Most for one cell.")
    private int maxCell;

    @Option(names = "--max-admissions", defaultValue = "100", description = "Devices an epoch.")
    private long maxAdmissions;

    @Option(names = "--device-stake", defaultValue = "0", description = "Least stake, in tokens.")
    private String deviceStake;

    @Option(
        names = "--as-founder",
        description = "Creates it at once, which the founder may while founding lasts.")
    private boolean asFounder;

    private BootstrapBudget budget() {
      return bootstrap.isEmpty()
          ? BootstrapBudget.NONE
          : new BootstrapBudget(
              Amounts.tokens(bootstrap.get()),
              new EpochNumber(from),
              new EpochNumber(until),
              new BasisPoints(maxCell),
              maxAdmissions,
              Amounts.tokens(deviceStake));
    }

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      if (!asFounder) {
        return super.run(link, wallet);
      }
      NetworkId id = wallet.createNetwork(kind, rules.hash(), rules.parameters(), budget());
      return new Report().put("network", id.value()).put("rules", rules.hash());
    }

    @Override
    List<Proposal.Action> actions(Contracts contracts) throws Exception {
      return List.of(
          Proposal.Action.of(
              contracts.networkRegistry(),
              new Calls.Networks.Create(
                  Wallet.kindOf(kind),
                  rules.hash(),
                  rules.parameters(),
                  BootstrapTerms.of(budget()))));
    }

    @Override
    String says() {
      return "Create a network of kind " + kind;
    }
  }

  /** Proposes rules. */
  @Command(
      name = "propose-rules",
      mixinStandardHelpOptions = true,
      description = "Proposes the next rules of a network; verifiers then say that they run them.",
      footer = {
        "",
        "Example:",
        "  groundwork gov propose propose-rules 1 --parameters p.json --account founder"
      })
  static final class ProposeRules extends Action {
    @Parameters(paramLabel = "NETWORK", description = "Number of the network.")
    private int network;

    @Mixin private RulesOptions rules;

    @Override
    List<Proposal.Action> actions(Contracts contracts) throws Exception {
      return List.of(
          Proposal.Action.of(
              contracts.networkRegistry(),
              new Calls.Networks.ProposeRules(
                  new NetworkId(network), rules.hash(), rules.parameters())));
    }

    @Override
    String says() {
      return "Propose rules for network " + network;
    }
  }

  /** Elects the council. */
  @Command(
      name = "elect-council",
      mixinStandardHelpOptions = true,
      description = "Elects 3 to 15 accounts that decide disputes.",
      footer = {
        "",
        "Example:",
        "  groundwork gov propose elect-council 0x.. 0x.. 0x.. --days 180 --account founder"
      })
  static final class ElectCouncil extends Action {
    @Parameters(paramLabel = "ADDRESS", arity = "3..15", description = "The members.")
    private List<String> members;

    @Option(names = "--days", defaultValue = "180", description = "Term (default: 180).")
    private long days;

    @Override
    List<Proposal.Action> actions(Contracts contracts) {
      return List.of(
          Proposal.Action.of(
              contracts.council(),
              new Calls.CouncilContract.Elect(
                  members.stream().map(Arguments::account).toList(),
                  Duration.ofDays(days).toSeconds())));
    }

    @Override
    String says() {
      return "Elect a council of " + members.size() + " for " + days + " days";
    }
  }

  /** Sets the bond. */
  @Command(
      name = "set-bond",
      mixinStandardHelpOptions = true,
      description = "Sets the bond that a dispute takes.",
      footer = {"", "Example:", "  groundwork gov propose set-bond 500 --account founder"})
  static final class SetBond extends Action {
    @Parameters(paramLabel = "TOKENS", description = "The bond.")
    private String amount;

    @Override
    List<Proposal.Action> actions(Contracts contracts) {
      return List.of(
          Proposal.Action.of(
              contracts.council(), new Calls.CouncilContract.SetBond(Amounts.tokens(amount))));
    }

    @Override
    String says() {
      return "Set the bond of a dispute to " + amount + " tokens";
    }
  }

  /** Posts a price. */
  @Command(
      name = "post-price",
      mixinStandardHelpOptions = true,
      description = "Posts a price of the token, where no feeds exist.",
      footer = {"", "Example:", "  groundwork gov propose post-price 1.95 --account founder"})
  static final class PostPrice extends Action {
    @Parameters(paramLabel = "DOLLARS", description = "US dollars a token.")
    private String dollars;

    @Override
    List<Proposal.Action> actions(Contracts contracts) {
      AccountId posted =
          contracts
              .find(Contract.POSTED_PRICE)
              .orElseThrow(() -> new Failure("This deployment has no posted price, but feeds."));
      return List.of(Proposal.Action.of(posted, new Calls.Posted.Post(Arguments.price(dollars))));
    }

    @Override
    String says() {
      return "Post a price of $" + dollars;
    }
  }

  /** Pardons. */
  @Command(
      name = "pardon",
      mixinStandardHelpOptions = true,
      description = "Gives a seizure back to its operator.",
      footer = {
        "",
        "Example:",
        "  groundwork gov propose pardon 1 --reason \"a bug of ours\" --account founder"
      })
  static final class Pardon extends Action {
    @Parameters(paramLabel = "SEIZURE", description = "Its number.")
    private long seizure;

    @Option(names = "--reason", required = true, description = "Why, for everybody to read.")
    private String reason;

    @Override
    List<Proposal.Action> actions(Contracts contracts) {
      return List.of(
          Proposal.Action.of(
              contracts.slashing(), new Calls.SlashingContract.Pardon(seizure, reason)));
    }

    @Override
    String says() {
      return "Pardon seizure " + seizure + ": " + reason;
    }
  }

  /** Any calls. */
  @Command(
      name = "raw",
      mixinStandardHelpOptions = true,
      description = "Proposes any calls, which the timelock makes one after the other.",
      footer = {
        "",
        "Example:",
        "  groundwork gov propose raw --call 0xADDRESS:0xDATA --account founder"
      })
  static final class Raw extends Action {
    @Option(
        names = "--call",
        required = true,
        paramLabel = "ADDRESS:DATA",
        description = "A contract and the call's data; may be given several times.")
    private List<String> calls;

    @Override
    List<Proposal.Action> actions(Contracts contracts) {
      List<Proposal.Action> actions = new ArrayList<>();
      for (String call : calls) {
        List<String> parts = List.of(call.split(":", -1));
        if (parts.size() != 2) {
          throw new Failure("\"" + call + "\" is no call: write ADDRESS:DATA.");
        }
        actions.add(
            new Proposal.Action(
                Arguments.account(parts.get(0)), BigInteger.ZERO, Arguments.bytes(parts.get(1))));
      }
      return actions;
    }

    @Override
    String says() {
      return calls.size() + " calls";
    }
  }
}

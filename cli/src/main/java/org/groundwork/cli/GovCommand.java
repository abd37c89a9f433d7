package org.groundwork.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.ProposalState;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Ballot;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decisions of the holders of tokens. */
@Command(
    name = "gov",
    mixinStandardHelpOptions = true,
    description = {
      "Proposes, votes, and executes what token holders decided. A proposal is voted on, queued,",
      "and executed after the timelock's delay.",
    },
    subcommands = {
      GovProposeCommand.class,
      GovCommand.Vote.class,
      GovCommand.Queue.class,
      GovCommand.Execute.class,
      GovCommand.Show.class,
      GovCommand.Delegate.class,
      GovCommand.Ready.class,
      GovCommand.Activate.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork gov delegate --account founder      tokens vote once they are delegated",
      "  groundwork gov propose set-bond 500 --account founder",
      "  groundwork gov vote 1234 for --account founder",
      "  groundwork gov show",
    })
final class GovCommand {
  private GovCommand() {}

  private static ChainEvent.Proposed find(ChainLink link, String id) throws IOException {
    return Optional.ofNullable(link.chain().stateNow().proposals().get(Arguments.number(id)))
        .orElseThrow(() -> new Failure("There is no proposal " + id + "."));
  }

  private static Report line(ChainLink link, ChainEvent.Proposed proposed) throws IOException {
    Transactions chain = new Transactions(link.rpc(), Time.system());
    AccountId governor = link.deployment().contracts().governor();
    ProposalState state = chain.read(governor, new Calls.Governor.State(proposed.id()));
    Calls.Votes votes = chain.read(governor, new Calls.Governor.ProposalVotes(proposed.id()));
    return new Report()
        .put("proposal", proposed.id())
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("for", votes.forVotes())
        .put("against", votes.againstVotes())
        .put("abstain", votes.abstainVotes())
        .put("votes_end", proposed.voteEnd())
        .put("description", proposed.proposal().description());
  }

  /** What the commands about one proposal have in common. */
  abstract static class OfProposal extends SpendAction {
    @Parameters(index = "0", paramLabel = "PROPOSAL", description = "Its number.")
    private String id;

    ChainEvent.Proposed proposed(ChainLink link) throws IOException {
      return find(link, id);
    }
  }

  /** Votes. */
  @Command(
      name = "vote",
      mixinStandardHelpOptions = true,
      description = "Votes on a proposal with the votes delegated to the account.",
      footer = {"", "Example:", "  groundwork gov vote 1234 for --account founder"})
  static final class Vote extends OfProposal {
    @Parameters(index = "1", paramLabel = "for|against|abstain", description = "The vote.")
    private Ballot ballot;

    @Option(names = "--reason", description = "Why, for everybody to read.")
    private String reason = "";

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      ChainEvent.Proposed proposed = proposed(link);
      wallet.vote(proposed.id(), ballot, reason);
      return line(link, proposed);
    }
  }

  /** Queues. */
  @Command(
      name = "queue",
      mixinStandardHelpOptions = true,
      description = "Starts the delay after which a proposal that was accepted may be executed.",
      footer = {"", "Example:", "  groundwork gov queue 1234 --account founder"})
  static final class Queue extends OfProposal {
    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      ChainEvent.Proposed proposed = proposed(link);
      wallet.queue(proposed.proposal());
      long eta =
          wallet.ask(
              link.deployment().contracts().governor(),
              new Calls.Governor.ProposalEta(proposed.id()));
      return line(link, proposed).put("executable_from", eta);
    }
  }

  /** Executes. */
  @Command(
      name = "execute",
      mixinStandardHelpOptions = true,
      description = "Executes a queued proposal once its delay is over.",
      footer = {"", "Example:", "  groundwork gov execute 1234 --account founder"})
  static final class Execute extends OfProposal {
    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      ChainEvent.Proposed proposed = proposed(link);
      wallet.execute(proposed.proposal());
      return line(link, proposed);
    }
  }

  /** Shows proposals. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows all proposals, or one with its calls.",
      footer = {"", "Examples:", "  groundwork gov show", "  groundwork gov show 1234 --json"})
  static final class Show extends ChainAction {
    @Parameters(paramLabel = "PROPOSAL", arity = "0..1", description = "Its number.")
    private Optional<String> id;

    @Override
    Report run(ChainLink link) throws Exception {
      if (id.isEmpty()) {
        List<Report> lines = new ArrayList<>();
        for (ChainEvent.Proposed proposed : link.chain().stateNow().proposals().values()) {
          lines.add(line(link, proposed));
        }
        return new Report().rows("proposals", lines);
      }
      ChainEvent.Proposed proposed = find(link, id.get());
      return line(link, proposed)
          .put("proposer", proposed.proposer())
          .rows(
              "calls",
              proposed.proposal().actions().stream()
                  .map(action ->
                      new Report()
                          .put("target", action.target())
                          .put("coin", action.coin())
                          .put("data", action.data()))
                  .toList());
    }
  }

  /** Delegates. */
  @Command(
      name = "delegate",
      mixinStandardHelpOptions = true,
      description = "Gives the votes of the account's tokens to an account; without one to itself.",
      footer = {"", "Example:", "  groundwork gov delegate --account founder"})
  static final class Delegate extends SpendAction {
    @Parameters(paramLabel = "ADDRESS", arity = "0..1", description = "Who votes.")
    private Optional<String> to;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      AccountId delegatee = to.map(Arguments::account).orElse(wallet.account());
      wallet.delegate(delegatee);
      return new Report()
          .put("delegatee", delegatee)
          .put(
              "votes",
              wallet.ask(
                  link.deployment().contracts().token(), new Calls.Token.GetVotes(delegatee)));
    }
  }

  private static RegisteredNetwork.Proposal rules(ChainLink link, NetworkId network)
      throws IOException {
    return Optional.ofNullable(link.chain().stateNow().networks().get(network))
        .flatMap(RegisteredNetwork::proposed)
        .orElseThrow(() -> new Failure("No rules are proposed for network " + network + "."));
  }

  /** Says that a verifier runs proposed rules. */
  @Command(
      name = "ready",
      mixinStandardHelpOptions = true,
      description = "Says, as a verifier's signer, that it runs the rules proposed for a network.",
      footer = {"", "Example:", "  groundwork gov ready 1 --account verifier-1"})
  static final class Ready extends SpendAction {
    @Parameters(paramLabel = "NETWORK", description = "Number of the network.")
    private int number;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      NetworkId network = new NetworkId(number);
      Hash rules = rules(link, network).hash();
      wallet.signalReady(network, rules);
      return new Report()
          .put("network", number)
          .put("rules", rules)
          .put("ready", rules(link, network).ready().size());
    }
  }

  /** Activates proposed rules. */
  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = "Activates proposed rules that verifiers with more than 2/3 of the weight run.",
      footer = {"", "Example:", "  groundwork gov activate 1 --account founder"})
  static final class Activate extends SpendAction {
    @Parameters(paramLabel = "NETWORK", description = "Number of the network.")
    private int number;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      NetworkId network = new NetworkId(number);
      RegisteredNetwork.Proposal proposal = rules(link, network);
      wallet.activateRules(network, proposal.hash(), proposal.ready());
      return new Report().put("network", number).put("rules", proposal.hash());
    }
  }

  static Report proposed(ChainLink link, BigInteger id) throws IOException {
    return line(link, find(link, id.toString()));
  }
}

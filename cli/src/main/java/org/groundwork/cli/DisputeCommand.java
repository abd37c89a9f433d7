package org.groundwork.cli;

import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.Dispute;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Disputes of results, and of gateways' promises. */
@Command(
    name = "dispute",
    mixinStandardHelpOptions = true,
    description = {
      "Disputes results while they can be voided, decides disputes, and proves that gateways broke",
      "their promises. Asks the court whether a device holds a piece.",
    },
    subcommands = {
      DisputeCommand.Open.class,
      DisputeCommand.Vote.class,
      DisputeCommand.Expire.class,
      DisputeCommand.Show.class,
      PromiseCommand.class,
      PromiseCommand.Export.class,
      PossessionCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork dispute open 12 --reason \"the audit differs\" --account customer",
      "  groundwork dispute vote 1 void --reason \"so does mine\" --account council-1",
      "  groundwork dispute show",
      "  groundwork dispute promise promise.hex --account customer",
      "  groundwork dispute possession summon report.hex --account customer",
    })
final class DisputeCommand {
  private DisputeCommand() {}

  /** Opens a dispute. */
  @Command(
      name = "open",
      mixinStandardHelpOptions = true,
      description = "Disputes the pending result of an epoch with a bond, which holds it.",
      footer = {
        "",
        "Example:",
        "  groundwork dispute open 12 --reason \"the audit differs\" --account customer"
      })
  static final class Open extends SpendAction {
    @Parameters(paramLabel = "EPOCH", description = "The epoch.")
    private long epoch;

    @Option(names = "--reason", required = true, description = "Why, for everybody to read.")
    private String reason;

    @Option(names = "--evidence", paramLabel = "HASH", description = "Hash of a public file.")
    private Optional<String> evidence;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      long id =
          wallet.dispute(
              new EpochNumber(epoch), evidence.map(Arguments::hash).orElse(Hash.ZERO), reason);
      return new Report().put("dispute", id).put("epoch", epoch);
    }
  }

  /** Votes. */
  @Command(
      name = "vote",
      mixinStandardHelpOptions = true,
      description = "Votes on a dispute, as a member of the council.",
      footer = {
        "",
        "Example:",
        "  groundwork dispute vote 1 void --reason \"so does mine\" --account council-1"
      })
  static final class Vote extends SpendAction {
    /** What becomes of the result. */
    enum Choice {
      VOID,
      KEEP
    }

    @Parameters(paramLabel = "DISPUTE", description = "Its number.")
    private long dispute;

    @Parameters(paramLabel = "void|keep", description = "What becomes of the result.")
    private Choice choice;

    @Option(names = "--reason", required = true, description = "Why, for everybody to read.")
    private String reason;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.voteOnDispute(dispute, choice == Choice.VOID, reason);
      return show(dispute, link.chain().stateNow());
    }
  }

  /** Closes a dispute. */
  @Command(
      name = "expire",
      mixinStandardHelpOptions = true,
      description = "Closes a dispute whose time has passed.",
      footer = {"", "Example:", "  groundwork dispute expire 1 --account customer"})
  static final class Expire extends SpendAction {
    @Parameters(paramLabel = "DISPUTE", description = "Its number.")
    private long dispute;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      wallet.expireDispute(dispute);
      return show(dispute, link.chain().stateNow());
    }
  }

  /** Shows disputes. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows all disputes, or one with its votes.",
      footer = {"", "Examples:", "  groundwork dispute show", "  groundwork dispute show 1 --json"})
  static final class Show extends ChainAction {
    @Parameters(paramLabel = "DISPUTE", arity = "0..1", description = "Its number.")
    private Optional<Long> dispute;

    @Override
    Report run(ChainLink link) throws Exception {
      ChainState state = link.chain().stateNow();
      return dispute.isPresent()
          ? show(dispute.get(), state)
          : new Report()
              .rows(
                  "disputes",
                  state.disputes().values().stream().map(DisputeCommand::line).toList());
    }
  }

  private static Report show(long id, ChainState state) {
    Dispute found = state.disputes().get(id);
    if (found == null) {
      throw new Failure("There is no dispute " + id + ".");
    }
    return line(found)
        .put("result", found.resultHash())
        .put("evidence", found.evidence())
        .rows(
            "votes",
            found.votes().stream()
                .map(vote ->
                    new Report()
                        .put("member", vote.member())
                        .put("void", vote.forVoid())
                        .put("reason", vote.reason()))
                .toList());
  }

  private static Report line(Dispute dispute) {
    return new Report()
        .put("dispute", dispute.id())
        .put("epoch", dispute.epoch().value())
        .put("state", dispute.state())
        .put("disputer", dispute.disputer())
        .put("bond", dispute.bond())
        .put("reason", dispute.reason());
  }
}

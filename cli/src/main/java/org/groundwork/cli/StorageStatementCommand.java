package org.groundwork.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.statement.Statement;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a customer was charged in some epochs. */
@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what a payer was charged in a row of epochs: a line for each deal and each session of",
      "reading, the sum for each provider, and that all of it is what the epochs settled on his",
      "reservations, to the last unit. From public data alone.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork storage statement --payer 0x.. --json",
      "  groundwork storage statement --payer 0x.. --from 120 --to 149",
    })
final class StorageStatementCommand extends ChainAction {
  @Option(
      names = "--payer",
      required = true,
      paramLabel = "ADDRESS",
      description = "The account that pays.")
  private String payer;

  @Option(names = "--from", paramLabel = "EPOCH", description = "The first epoch; 0 without it.")
  private long from;

  @Option(
      names = "--to",
      paramLabel = "EPOCH",
      description = "The last epoch; the newest that has a result without it.")
  private Optional<Long> to = Optional.empty();

  @Override
  Report run(ChainLink link) throws Exception {
    AccountId account = Arguments.account(payer);
    try (PublicLedger ledger = new PublicLedger(link)) {
      long newest =
          ledger
              .latest()
              .map(ChainEvent.ResultAccepted::epoch)
              .orElseThrow(() -> new Failure("No epoch has a result yet."))
              .value();
      long last = Math.min(newest, to.orElse(newest));
      List<PublishedResult> results = new ArrayList<>();
      ChainState state = link.chain().stateNow();
      for (long epoch = Math.max(from, 0); epoch <= last; epoch++) {
        if (state.result(new EpochNumber(epoch)).isPresent()) {
          results.add(ledger.result(new EpochNumber(epoch)));
        }
      }
      if (results.isEmpty()) {
        throw new Failure("No epoch from " + from + " to " + last + " has a result.");
      }
      long parent = from - 1;
      while (parent >= 0 && state.result(new EpochNumber(parent)).isEmpty()) {
        parent--;
      }
      List<MoneyLeaf> before =
          parent < 0 ? List.of() : ledger.result(new EpochNumber(parent)).leaves();
      return report(Statement.of(account, before, results));
    }
  }

  static Report report(Statement statement) {
    if (!statement.isEqual()) {
      throw new Failure(
          "The lines sum to %s, but %s was settled: audit these epochs (groundwork audit EPOCH)."
              .formatted(statement.charged(), statement.settled()));
    }
    TreeMap<AccountId, Credits> sellers = new TreeMap<>();
    List<Report> lines = new ArrayList<>();
    for (Statement.Line line : statement.lines()) {
      sellers.merge(line.seller(), line.charged(), Credits::plus);
      lines.add(
          new Report()
              .put("network", line.network().value())
              .put("seller", line.seller())
              .put("kind", line.kind().code())
              .put("evidence", line.evidence())
              .put("epochs", line.results())
              .put("charged", line.charged()));
    }
    List<Report> providers = new ArrayList<>();
    sellers.forEach((seller, charged) ->
        providers.add(new Report().put("seller", seller).put("charged", charged)));
    return new Report()
        .put("payer", statement.payer())
        .put("from", statement.first().value())
        .put("to", statement.last().value())
        .put("charged", statement.charged())
        .put("for_storing", statement.charged(ChargeLine.Kind.DEAL))
        .put("for_reading", statement.charged(ChargeLine.Kind.VOUCHER))
        .put("settled", statement.settled())
        .rows("providers", providers)
        .rows("lines", lines);
  }
}

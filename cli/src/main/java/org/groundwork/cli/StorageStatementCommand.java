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
      List<MoneyLeaf> before = List.of();
      for (long epoch = from; epoch <= last; epoch++) {
        Optional<ChainEvent.ResultAccepted> accepted = ledger.accepted(new EpochNumber(epoch));
        if (accepted.isPresent()) {
          results.add(ledger.result(accepted.get().epoch()));
        }
      }
      for (long epoch = from - 1; epoch >= 0 && before.isEmpty(); epoch--) {
        if (ledger.accepted(new EpochNumber(epoch)).isPresent()) {
          before = ledger.result(new EpochNumber(epoch)).leaves();
        }
      }
      if (results.isEmpty()) {
        throw new Failure("No epoch from " + from + " to " + last + " has a result.");
      }
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

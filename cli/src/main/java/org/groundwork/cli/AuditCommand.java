package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.protocol.EpochNumber;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recomputes an epoch from public data. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Recomputes an epoch from the chain and the verifiers' public files, and compares the",
      "roots with what the chain accepted. Trusts nobody.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork audit 2",
      "  groundwork audit 2 --json --deployment deployment.json --rpc http://localhost:8545",
      "",
      "Exit status: 0 if all is equal, 1 if not.",
    })
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  @Parameters(paramLabel = "EPOCH", description = "Number of the epoch.")
  private long epoch;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (ChainLink link = network.open();
        PublicLedger ledger = new PublicLedger(link)) {
      AuditReport report = ledger.audit(new EpochNumber(epoch));
      var statement = report.recomputed().statement();
      var out = spec.commandLine().getOut();
      if (json) {
        ObjectNode node =
            Json.object()
                .put("epoch", epoch)
                .put("equal", report.isEqual())
                .put("root", statement.moneyRoot().toHex())
                .put("carry_root", statement.carryRoot().toHex());
        var differences = node.putArray("differences");
        report.differences().forEach(difference -> differences.add(difference.toString()));
        out.println(Json.line(node));
      } else if (report.isEqual()) {
        out.printf(
            "Epoch %d: equal. Money root %s, carry root %s, recomputed from public data.%n",
            epoch, statement.moneyRoot(), statement.carryRoot());
      } else {
        out.printf("Epoch %d DIFFERS:%n", epoch);
        report.differences().forEach(difference -> out.println("  " + difference));
      }
      return report.isEqual() ? 0 : 1;
    }
  }
}

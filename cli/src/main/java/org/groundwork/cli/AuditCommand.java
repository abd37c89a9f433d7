package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.audit.AuditFailure;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.settlement.SettlementException;
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
      "  groundwork audit 2 --diff                names the first record that differs",
      "  groundwork audit 40 --from 24            starts from the carry after epoch 24",
      "  groundwork audit 2 --json --deployment deployment.json --rpc http://localhost:8545",
      "",
      "Exit status: 0 if all is equal, 1 if something differs, 3 if the audit cannot be done.",
    })
final class AuditCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final int NOT_DONE = 3;

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  @Parameters(paramLabel = "EPOCH", description = "Number of the epoch.")
  private long epoch;

  @Option(
      names = "--from",
      paramLabel = "SNAPSHOT",
      description = {
        "Epoch after whose carry to start, or a file with a carry. The chain must have its root.",
        "All results from there on are recomputed. The result before EPOCH without it.",
      })
  private Optional<String> from;

  @Option(
      names = "--diff",
      description = {
        "Compares what verifiers publish of the result, too, and names the first leaf, device and",
        "record that differ.",
      })
  private boolean diff;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ChainLink link = network.open();
        PublicLedger ledger = new PublicLedger(link)) {
      AuditReport report = ledger.audit(new EpochNumber(epoch), from, diff);
      if (json) {
        out.println(Json.line(json(report)));
      } else {
        print(report, out);
      }
      return report.isEqual() ? 0 : DIFFERENT;
    } catch (AuditFailure e) {
      return fail(e.kind().code(), e);
    } catch (SettlementException e) {
      return fail(e.code(), e);
    } catch (Failure | IOException e) {
      return fail("audit.refused", e);
    }
  }

  private int fail(String code, Exception cause) {
    if (json) {
      ObjectNode node = Json.object().put("epoch", epoch);
      node.putObject("error").put("code", code).put("message", cause.getMessage());
      spec.commandLine().getOut().println(Json.line(node));
    }
    spec.commandLine().getErr().println("groundwork: " + cause.getMessage());
    return NOT_DONE;
  }

  private static ObjectNode json(AuditReport report) {
    var statement = report.recomputed().statement();
    ObjectNode node =
        Json.object()
            .put("epoch", statement.epoch().value())
            .put("equal", report.isEqual())
            .put("root", statement.moneyRoot().toHex())
            .put("carry_root", statement.carryRoot().toHex())
            .put("published", report.published());
    var differences = node.putArray("differences");
    for (AuditReport.Difference difference : report.differences()) {
      differences
          .addObject()
          .put("where", difference.where())
          .put("computed", difference.computed())
          .put("found", difference.found());
    }
    return node;
  }

  private void print(AuditReport report, PrintWriter out) {
    var statement = report.recomputed().statement();
    if (report.isEqual()) {
      out.printf(
          "Epoch %s: equal. Money root %s, carry root %s, recomputed from public data.%n",
          statement.epoch(), statement.moneyRoot(), statement.carryRoot());
    } else {
      out.printf("Epoch %s DIFFERS:%n", statement.epoch());
      report.differences().forEach(difference -> out.println("  " + difference));
    }
    if (diff && !report.published()) {
      out.println("No verifier publishes the accepted result: only the statements are compared.");
    } else if (!diff && !report.isEqual()) {
      out.println("With --diff: the first leaf, device and record.");
    }
  }
}

package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.Networks;
import org.groundwork.engine.audit.Explanation;
import org.groundwork.engine.audit.Why;
import org.groundwork.node.http.ExplanationJson;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Sequence;
import org.groundwork.rules.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a device was, or was not, paid. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Says why a device was, or was not, paid in an epoch: the rule, the evidence, and what to",
      "do. Read from public files, which are checked against the chain.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork why 3",
      "  groundwork why 3 --epoch 7",
      "  groundwork why 3 --epoch 7 --report 12   the twelfth report of that epoch",
    })
final class WhyCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  @Parameters(paramLabel = "DEVICE", description = "Number of the device.")
  private long device;

  @Option(names = "--epoch", paramLabel = "EPOCH", description = "The newest settled without it.")
  private Optional<Long> epoch;

  @Option(
      names = "--report",
      paramLabel = "COUNTER",
      description = "One report, by its counter in the epoch.")
  private Optional<Long> report;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (ChainLink link = network.open();
        PublicLedger ledger = new PublicLedger(link)) {
      Explanation explanation = explain(link, ledger);
      if (json) {
        spec.commandLine().getOut().println(Json.line(ExplanationJson.of(explanation)));
      } else {
        print(explanation, spec.commandLine().getOut());
      }
      return 0;
    }
  }

  private Explanation explain(ChainLink link, PublicLedger ledger) throws IOException {
    EpochNumber number =
        epoch.isPresent()
            ? new EpochNumber(epoch.get())
            : ledger
                .latest()
                .orElseThrow(() -> new Failure("No epoch has been settled yet."))
                .epoch();
    Map<NetworkId, Kind> kinds = new TreeMap<>();
    link.chain()
        .state()
        .networks()
        .forEach((id, created) -> kinds.put(id, new Kind(created.kind())));
    Why why = new Why(Networks.installed(), kinds);
    var files = link.publicFiles();
    DeviceId id = new DeviceId(device);
    return report.isPresent()
        ? why.report(ledger.result(number), id, Sequence.of(number, report.get()), files::segment)
        : why.device(ledger.result(number), id, files::segment);
  }

  private static void print(Explanation explanation, PrintWriter out) {
    out.printf(
        "Device %s in epoch %s: charged $%s, paid %s tokens.%n",
        explanation.device(),
        explanation.epoch(),
        Amounts.show(explanation.charged()),
        Amounts.show(explanation.paid()));
    print("Reports", explanation.verdicts(), out);
    print("Slots in which it owed something", explanation.faults(), out);
    explanation.firstFaults().stream()
        .limit(SHOWN)
        .forEach(fault -> out.printf("  slot %s: %s%n", fault.slot(), fault.evidence()));
    explanation
        .economy()
        .forEach(line ->
            out.printf(
                "%s: %s tokens. %s%n",
                line.cause().code(), Amounts.show(line.amount()), line.note()));
    if (!explanation.records().isEmpty()) {
      out.println("One by one:");
      explanation.records().stream()
          .limit(SHOWN)
          .forEach(record ->
              out.printf(
                  "  %s in slot %s: %s. %s %s What to do: %s%n",
                  record.sequence(),
                  record.slot(),
                  record.code(),
                  record.happened(),
                  record.evidence(),
                  record.remedy()));
    }
    if (explanation.verdicts().isEmpty() && explanation.faults().isEmpty()) {
      out.println(
          "Nothing was heard of it and it owed nothing: is its agent running, and has it deals?");
    }
  }

  private static void print(String title, List<Why.Count> counts, PrintWriter out) {
    if (counts.isEmpty()) {
      return;
    }
    out.println(title + ":");
    for (Why.Count count : counts) {
      out.printf("  %d x %s: %s%n", count.count(), count.code(), count.happened());
      if (!count.remedy().isEmpty()) {
        out.printf("      What to do: %s%n", count.remedy());
      }
    }
  }
}

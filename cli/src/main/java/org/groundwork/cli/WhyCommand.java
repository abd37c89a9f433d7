package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.agent.PromiseLog;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.Networks;
import org.groundwork.engine.audit.Explanation;
import org.groundwork.engine.audit.ReportStage;
import org.groundwork.engine.audit.ReportWay;
import org.groundwork.engine.audit.Why;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.http.ExplanationJson;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
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
      "do; or how far one report has come. Read from public files, which are checked against the",
      "chain.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork why 3",
      "  groundwork why 3 --epoch 7",
      "  groundwork why --report 3:7/12                 the way of report 12 of epoch 7",
      "  groundwork why --report 3:7/12 --outbox my-provider/data",
    })
final class WhyCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  private static final Pattern REPORT =
      Pattern.compile("([1-9][0-9]{0,17}):(?:([0-9]{1,9})/([0-9]{1,9})|([0-9]{1,18}))");

  @Parameters(paramLabel = "DEVICE", arity = "0..1", description = "Number of the device.")
  private Optional<Long> device;

  @Option(names = "--epoch", paramLabel = "EPOCH", description = "The newest settled without it.")
  private Optional<Long> epoch;

  @Option(
      names = "--report",
      paramLabel = "DEVICE:SEQUENCE",
      description = {
        "The way of one report. Its sequence is EPOCH/COUNTER, or the number that it is signed as.",
      })
  private Optional<String> report;

  @Option(
      names = "--outbox",
      paramLabel = "FOLDER",
      description = "Folder of the device's outbox, which keeps the promises that it was given.")
  private Optional<Path> outbox;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (device.isPresent() == report.isPresent()) {
      throw new Failure("Name either a device or a report: \"why 3\" or \"why --report 3:7/12\".");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (ChainLink link = network.open();
        PublicLedger ledger = new PublicLedger(link)) {
      if (report.isPresent()) {
        way(link, report.get(), out);
      } else {
        Explanation explanation = explain(link, ledger, new DeviceId(device.get()));
        if (json) {
          out.println(Json.line(ExplanationJson.of(explanation)));
        } else {
          print(explanation, out);
        }
      }
      return 0;
    }
  }

  private void way(ChainLink link, String text, PrintWriter out) throws IOException {
    Matcher parts = REPORT.matcher(text);
    if (!parts.matches()) {
      throw new Failure("\"" + text + "\" is no report: write it like 3:7/12.");
    }
    DeviceId id = new DeviceId(Long.parseLong(parts.group(1)));
    Sequence sequence =
        parts.group(4) == null
            ? Sequence.of(
                new EpochNumber(Long.parseLong(parts.group(2))), Long.parseLong(parts.group(3)))
            : new Sequence(Long.parseLong(parts.group(4)));
    Optional<Promise> promise =
        outbox.isPresent() ? PromiseLog.find(outbox.get(), sequence) : Optional.empty();
    HttpPublicFiles files = link.publicFiles();
    List<ReportStage> stages =
        new ReportWay(new ChainView(link), files, files::holding, why(link))
            .of(id, sequence, promise);
    if (json) {
      ObjectNode node =
          Json.object().put("device", id.value()).put("sequence", sequence.toString());
      var list = node.putArray("stages");
      for (ReportStage stage : stages) {
        list.addObject()
            .put("stage", stage.name().code())
            .put("state", stage.state().code())
            .put("said", stage.said())
            .put("remedy", stage.remedy());
      }
      out.println(Json.line(node));
      return;
    }
    out.printf("Report %s of device %s:%n", sequence, id);
    for (ReportStage stage : stages) {
      out.printf("  %-8s  %-7s  %s%n", stage.name().code(), stage.state().code(), stage.said());
      if (!stage.remedy().isEmpty()) {
        out.printf("  %-8s  %-7s  What to do: %s%n", "", "", stage.remedy());
      }
    }
  }

  static Why why(ChainLink link) throws IOException {
    Map<NetworkId, Kind> kinds = new TreeMap<>();
    link.chain()
        .state()
        .networks()
        .forEach((id, created) -> kinds.put(id, new Kind(created.kind())));
    return new Why(Networks.installed(), kinds);
  }

  private Explanation explain(ChainLink link, PublicLedger ledger, DeviceId id) throws IOException {
    EpochNumber number =
        epoch.isPresent()
            ? new EpochNumber(epoch.get())
            : ledger
                .latest()
                .orElseThrow(() -> new Failure("No epoch has been settled yet."))
                .epoch();
    return why(link).device(ledger.result(number), id, link.publicFiles()::segment);
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
    if (explanation.segmentsGone() > 0) {
      out.printf(
          "%d segments of the epoch are not kept any more: single reports cannot be shown.%n",
          explanation.segmentsGone());
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

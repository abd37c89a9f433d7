package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.agent.PromiseLog;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.node.PromiseInquiry;
import org.groundwork.node.PromiseInquiry.Answer;
import org.groundwork.node.chain.ContractChain;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.wallet.Rehearsed;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that a gateway broke a promise. */
@Command(
    name = "promise",
    mixinStandardHelpOptions = true,
    description = {
      "Asks all verifiers whether a gateway left out a report that it promised, and says what each",
      "found. If more than 2/3 of their weight sign that it did, submits their signatures: a tenth",
      "of the gateway's stake is burned.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork dispute promise promise.hex --account customer",
      "  groundwork dispute promise promise.hex --account customer --dry-run --json",
      "",
      "FILE is what \"groundwork dispute promise-export\" writes. Verifiers can answer once the",
      "commit deadline of the promise's epoch has passed.",
    })
final class PromiseCommand extends SpendAction {
  @Parameters(paramLabel = "FILE", description = "The promise: its canonical bytes in hex.")
  private Path file;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long verifiers may take (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Override
  Report run(ChainLink link, Wallet wallet) throws Exception {
    Promise promise = read();
    if (!promise.isGenuine(link.deployment().domain())) {
      throw new Failure(
          "Gateway " + promise.gateway() + " did not give this promise on this deployment.");
    }
    requireInputsComplete(link, promise);
    PromiseInquiry.Outcome outcome;
    try (HttpPeers peers = new HttpPeers(Duration.ofSeconds(Math.max(1, timeout)))) {
      outcome = new PromiseInquiry(new ContractChain(link.chain(), wallet), peers).ask(promise);
    }
    Report report = findings(promise, outcome);
    if (!outcome.isProved()) {
      return report.put("submitted", false);
    }
    try {
      TokenAmount slashed = wallet.proveBrokenPromise(promise, outcome.signatures());
      return report.put("submitted", true).put("slashed", slashed);
    } catch (Rehearsed rehearsed) {
      return rehearsal(report.put("submitted", false), wallet, rehearsed.steps());
    }
  }

  private static void requireInputsComplete(ChainLink link, Promise promise) throws IOException {
    var schedule = link.deployment().schedule();
    EpochNumber epoch = schedule.epochOf(promise.slot());
    link.chain().stateNow();
    if (link.chain().firstBlockAtOrAfter(schedule.commitDeadline(epoch)).isEmpty()) {
      throw new Failure(
          "The gateway may still keep its promise: the commit deadline of epoch "
              + epoch
              + " has not passed.");
    }
  }

  private Promise read() throws IOException {
    if (!Files.exists(file)) {
      throw new Failure("There is no file " + file + ".");
    }
    if (Files.size(file) > 4L * Promise.MAX_ENCODED) {
      throw new Failure(file + " is too large for a promise.");
    }
    try {
      return Promise.decode(Arguments.bytes(Files.readString(file).strip()));
    } catch (Malformed e) {
      throw new Failure(file + " holds no promise: " + e.getMessage() + ".", e);
    }
  }

  private static Report findings(Promise promise, PromiseInquiry.Outcome outcome) {
    return new Report()
        .put("gateway", promise.gateway())
        .put("report", promise.report())
        .put("slot", promise.slot().value())
        .put("epoch", outcome.epoch().value())
        .put("broken", outcome.isProved())
        .rows("verifiers", outcome.said().stream().map(PromiseCommand::line).toList());
  }

  private static Report line(PromiseInquiry.Said said) {
    Report line =
        new Report()
            .put("verifier", said.verifier().signer())
            .put("weight", new TokenAmount(said.verifier().stake()));
    return switch (said.answer()) {
      case Answer.Broken _ ->
          line.put("answer", "broken").put("why", "the report stands in no input of its epoch");
      case Answer.Kept _ ->
          line.put("answer", "kept").put("why", "the report stands in an input of its epoch");
      case Answer.Unknown(String why) -> line.put("answer", "unknown").put("why", why);
    };
  }

  /** Takes a promise out of a device's outbox. */
  @Command(
      name = "promise-export",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the promise that a gateway gave for a report, as hex. The newest 10,000 promises of",
        "a device are in the folder of its outbox.",
      },
      footer = {
        "",
        "Example:",
        "  groundwork dispute promise-export my-provider/data 7/12 > promise.hex"
      })
  static final class Export implements Callable<Integer> {
    private static final Pattern SEQUENCE = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "Folder of the outbox.")
    private Path folder;

    @Parameters(
        index = "1",
        paramLabel = "EPOCH/COUNTER",
        description = "The report's sequence: its epoch and its counter in it.")
    private String sequence;

    @Override
    public Integer call() throws Exception {
      Matcher parts = SEQUENCE.matcher(sequence);
      if (!parts.matches()) {
        throw new Failure("\"" + sequence + "\" is no sequence: write it like 7/12.");
      }
      Sequence wanted =
          Sequence.of(
              new EpochNumber(Long.parseLong(parts.group(1))), Long.parseLong(parts.group(2)));
      Promise promise =
          PromiseLog.find(folder, wanted)
              .orElseThrow(
                  () -> new Failure("No promise of report " + wanted + " is kept in " + folder));
      spec.commandLine().getOut().println(promise.encode().toHex());
      return 0;
    }
  }
}

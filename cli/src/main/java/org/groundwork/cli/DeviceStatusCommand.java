package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.audit.Explanation;
import org.groundwork.engine.audit.Why;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how a device is doing. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says how a device is doing: registered, active, last report, verdicts, what it earned in",
      "final and in pending epochs, and why not more.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork device status 7",
      "  groundwork device status --device-key station.json --epochs 100 --json",
    })
final class DeviceStatusCommand extends ChainAction {
  @Parameters(paramLabel = "DEVICE", arity = "0..1", description = "Number of the device.")
  private Optional<Long> number = Optional.empty();

  @Option(names = "--device-key", paramLabel = "FILE", description = "Or the device's key file.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--epochs",
      defaultValue = "20",
      description = "How many results to look back (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Override
  Report run(ChainLink link) throws Exception {
    ChainState state = link.chain().stateNow();
    RegisteredDevice device = device(state);
    Report report =
        new Report()
            .put("device", device.id().value())
            .put("network", device.network().value())
            .put("owner", device.owner())
            .put("cell", device.cell() == 0 ? "none" : Long.toHexString(device.cell()))
            .put("custody", Custody.text(device));
    try (PublicLedger ledger = new PublicLedger(link)) {
      List<PublishedResult> results =
          RecentResults.from(ledger, state, state.latestResult(), epochs);
      report.put("active", active(link, device, results));
      earnings(report, state, device.id(), results);
      last(report, link, device.id(), results);
    }
    return report;
  }

  private RegisteredDevice device(ChainState state) throws IOException {
    if (number.isPresent() == file.isPresent()) {
      throw new Failure("Name the device: its number, or its key file with --device-key.");
    }
    if (number.isPresent()) {
      return state
          .device(new DeviceId(number.get()))
          .orElseThrow(() -> new Failure("There is no device " + number.get() + "."));
    }
    return DeviceKeyFile.find(state, DeviceKeyFile.publicKey(file.get()));
  }

  private static String active(
      ChainLink link, RegisteredDevice device, List<PublishedResult> results) throws IOException {
    if (results.isEmpty()) {
      return "unknown: no epoch has a result yet";
    }
    return DeviceActivity.isActive(link, device)
        ? "yes"
        : "no: start it, so that it says Hello; it counts from the next epoch's result on";
  }

  private static void earnings(
      Report report, ChainState state, DeviceId id, List<PublishedResult> results) {
    TokenAmount settled = TokenAmount.ZERO;
    TokenAmount pending = TokenAmount.ZERO;
    List<Report> lines = new ArrayList<>();
    Optional<EpochNumber> last = state.finalisedResult().map(ChainEvent.ResultAccepted::epoch);
    for (PublishedResult result : results) {
      EpochNumber epoch = result.statement().epoch();
      boolean isFinal = last.filter(it -> it.compareTo(epoch) >= 0).isPresent();
      Optional<DeviceSummary> summary = summary(result, id);
      TokenAmount paid = summary.map(DeviceSummary::paid).orElse(TokenAmount.ZERO);
      settled = isFinal ? settled.plus(paid) : settled;
      pending = isFinal ? pending : pending.plus(paid);
      if (summary.isPresent()) {
        lines.add(line(summary.get(), epoch, isFinal));
      }
    }
    report
        .put("results_looked_at", results.size())
        .put("earned_final", settled)
        .put("earned_pending", pending)
        .rows("epochs", lines);
  }

  private static Report line(DeviceSummary summary, EpochNumber epoch, boolean isFinal) {
    long all = summary.verdicts().values().stream().mapToLong(Long::longValue).sum();
    long good = summary.verdicts().getOrDefault(DeviceSummary.ACCEPTED, 0L);
    return new Report()
        .put("epoch", epoch.value())
        .put("final", isFinal)
        .put("accepted", good)
        .put("rejected", all - good)
        .put("charged", summary.charged())
        .put("paid", summary.paid());
  }

  private static Optional<DeviceSummary> summary(PublishedResult result, DeviceId id) {
    return result.devices().stream().filter(each -> each.device().equals(id)).findFirst();
  }

  /** The newest epoch that heard of the device: when, and what did not count. */
  private static void last(
      Report report, ChainLink link, DeviceId id, List<PublishedResult> results)
      throws IOException {
    HttpPublicFiles files = link.publicFiles();
    for (PublishedResult result : results) {
      if (summary(result, id).filter(it -> !it.verdicts().isEmpty()).isPresent()) {
        report.put(
            "last_report",
            lastSlot(result, id, files)
                .map(slot -> Instant.ofEpochSecond(link.deployment().schedule().slotStart(slot)))
                .map(time -> "in the slot from " + time)
                .orElse("in epoch " + result.statement().epoch()));
        why(report, WhyCommand.why(link).device(result, id, files::segment));
        return;
      }
    }
    report.put("last_report", "none in these epochs");
  }

  private static Optional<SlotNumber> lastSlot(
      PublishedResult result, DeviceId id, HttpPublicFiles files) throws IOException {
    Optional<SlotNumber> last = Optional.empty();
    for (SegmentVerdicts verdicts : result.segments()) {
      Optional<Segment> segment = files.segment(verdicts.segment());
      if (segment.isPresent() && has(segment.get(), id)) {
        SlotNumber slot = verdicts.slot();
        last = last.filter(before -> before.compareTo(slot) > 0).or(() -> Optional.of(slot));
      }
    }
    return last;
  }

  private static boolean has(Segment segment, DeviceId id) {
    int first = segment.firstOf(id);
    return first < segment.count() && segment.body(first).device().equals(id);
  }

  private static void why(Report report, Explanation explanation) {
    List<Report> reasons = new ArrayList<>();
    explanation.verdicts().forEach(count -> reasons.add(reason(count)));
    explanation.faults().forEach(count -> reasons.add(reason(count)));
    report.rows("verdicts", reasons);
    explanation.economy().forEach(line -> report.put(line.cause().code(), line.note()));
  }

  private static Report reason(Why.Count count) {
    return new Report()
        .put("reason", count.code())
        .put("count", count.count())
        .put("happened", count.happened())
        .put("to_do", count.remedy());
  }
}

package org.groundwork.cli;

import com.uber.h3core.H3Core;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.earnings.Estimate;
import org.groundwork.cli.earnings.PaidCell;
import org.groundwork.cli.earnings.Sharing;
import org.groundwork.engine.PublishedResult;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a device might earn. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = {
      "Says what one more device, as good as the others, would have earned of customers in the",
      "last final epochs: in a cell, in the cells around it, in the whole network. Besides, what",
      "it would get of the network's bootstrap budget in the next epoch and day, if as many share",
      "it as did. Past payments promise nothing.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork network estimate air-quality --lat 48.58 --lon 7.75",
      "  groundwork network estimate air-quality --cell 871f85603ffffff --epochs 200 --json",
    })
final class NetworkEstimateCommand extends ChainAction {
  private static final long DAY_SECONDS = 86_400;

  @Parameters(paramLabel = "NETWORK", description = "Number or name of the network.")
  private String network;

  @Mixin private CellOptions place;

  @Option(
      names = "--epochs",
      defaultValue = "50",
      description = "How many final epochs to look at (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Override
  Report run(ChainLink link) throws Exception {
    ChainState state = link.chain().stateNow();
    RegisteredNetwork found = NetworkNames.find(state, network);
    SensingDefinition definition =
        NetworkNames.definition(found)
            .orElseThrow(
                () -> new Failure("Devices of network " + found.id() + " are not paid by cells."));
    long cell = place.at(definition.cellResolution());
    List<PublishedResult> results;
    try (PublicLedger ledger = new PublicLedger(link)) {
      results = RecentResults.from(ledger, state, state.finalisedResult(), epochs);
    }
    List<PaidCell> paid = new ArrayList<>();
    for (PublishedResult result : results) {
      paid.addAll(PaidCell.of(result, found.id(), it -> cellOf(state, it.device())));
    }
    TreeSet<Long> ring = new TreeSet<>(H3Core.newInstance().gridDisk(cell, 1));
    int most = definition.devicesPerCell();
    List<Estimate> estimates =
        List.of(
            Estimate.of("this cell", paid, it -> it == cell, most),
            Estimate.of("this cell and those around it", paid, ring::contains, most),
            Estimate.of("all cells of the network", paid, it -> it != 0, most));
    EpochSchedule schedule = link.deployment().schedule();
    long day = Math.max(1, DAY_SECONDS / (schedule.slotSeconds() * schedule.slotsPerEpoch()));
    List<Report> lines = new ArrayList<>();
    estimates.forEach(each -> lines.add(line(each, each.times(day))));
    Report report =
        new Report()
            .put("network", found.id().value())
            .put("cell", Long.toHexString(cell))
            .put("final_epochs", results.size())
            .put("epochs_a_day", day)
            .put("devices_in_cell", count(state, found, cell))
            .put("devices_paid_per_cell", most)
            .put("says", says(estimates));
    BootstrapOutlook outlook =
        BootstrapOutlook.of(link.deployment(), state, found, Time.system().instant(), day);
    if (outlook.isOpen()) {
      List<Sharing> sharing = new ArrayList<>();
      for (PublishedResult result : results) {
        sharing.addAll(Sharing.of(result, found.id(), cell, id -> cellOf(state, id)));
      }
      Sharing everybody = new Sharing((int) count(state, found), (int) count(state, found, cell));
      Estimate best = best(estimates);
      lines.addAll(outlook.lines(best, best.times(day), sharing, everybody));
      outlook.put(report);
    }
    return report.rows("tokens_for_one_more_device", lines);
  }

  /** The narrowest that rests on enough samples; the widest if none does. */
  private static Estimate best(List<Estimate> estimates) {
    return estimates.stream().filter(Estimate::isEnough).findFirst().orElseGet(estimates::getLast);
  }

  private static long cellOf(ChainState state, DeviceId device) {
    return state.device(device).map(known -> known.cell()).orElse(0L);
  }

  private static long count(ChainState state, RegisteredNetwork network, long cell) {
    return state.devices().stream()
        .filter(each -> each.network().equals(network.id()) && each.cell() == cell)
        .count();
  }

  private static long count(ChainState state, RegisteredNetwork network) {
    return state.devices().stream().filter(each -> each.network().equals(network.id())).count();
  }

  /** One line of the table. */
  static Report line(Estimate epoch, Estimate day) {
    return new Report()
        .put("where", epoch.cells())
        .put("samples", epoch.samples())
        .put("low_an_epoch", epoch.low())
        .put("median_an_epoch", epoch.middle())
        .put("high_an_epoch", epoch.high())
        .put("low_a_day", day.low())
        .put("median_a_day", day.middle())
        .put("high_a_day", day.high());
  }

  /** What the numbers are worth, in one sentence. */
  private static String says(List<Estimate> estimates) {
    Estimate all = estimates.getLast();
    if (all.samples() == 0) {
      return "No final epoch heard of a device of this network yet: nothing can be said.";
    }
    if (all.high().isZero()) {
      return "Customers paid nearly nobody in these epochs: expect nothing of them until they buy.";
    }
    Optional<Estimate> narrowest = estimates.stream().filter(Estimate::isEnough).findFirst();
    return narrowest
        .map(it ->
            "Look at the line \"%s\": it rests on %d samples. Nine of ten were at least its low and"
                    .formatted(it.cells(), it.samples())
                + " nine of ten at most its high.")
        .orElse(
            "Only %d samples in all, fewer than %d: a guess, not an estimate."
                .formatted(all.samples(), Estimate.ENOUGH));
  }
}

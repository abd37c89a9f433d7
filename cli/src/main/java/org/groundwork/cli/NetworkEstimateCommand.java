package org.groundwork.cli;

import com.uber.h3core.H3Core;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.earnings.Estimate;
import org.groundwork.cli.earnings.PaidCell;
import org.groundwork.engine.PublishedResult;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a device might earn. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    description = {
      "Says what one more device would have earned in the last final epochs, if it had been as",
      "good as the others: in a cell, in the cells around it, in the whole network. Past payments",
      "promise nothing; bootstrap is not counted.",
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
    Report report =
        new Report()
            .put("network", found.id().value())
            .put("cell", Long.toHexString(cell))
            .put("final_epochs", results.size())
            .put("epochs_a_day", epochsADay(link.deployment().schedule()))
            .put("devices_in_cell", count(state, found, cell))
            .put("devices_paid_per_cell", most)
            .put("says", says(estimates));
    return report.rows(
        "tokens_for_one_more_device",
        estimates.stream().map(it -> line(it, link.deployment().schedule())).toList());
  }

  private static long cellOf(ChainState state, DeviceId device) {
    return state.device(device).map(known -> known.cell()).orElse(0L);
  }

  private static long count(ChainState state, RegisteredNetwork network, long cell) {
    return state.devices().stream()
        .filter(each -> each.network().equals(network.id()) && each.cell() == cell)
        .count();
  }

  private static long epochsADay(EpochSchedule schedule) {
    return DAY_SECONDS / (schedule.slotSeconds() * schedule.slotsPerEpoch());
  }

  private static Report line(Estimate estimate, EpochSchedule schedule) {
    BigInteger epochs = BigInteger.valueOf(epochsADay(schedule));
    Report line = new Report().put("where", estimate.cells()).put("samples", estimate.samples());
    SequencedMap<String, TokenAmount> amounts = new LinkedHashMap<>();
    amounts.put("low", estimate.low());
    amounts.put("median", estimate.middle());
    amounts.put("high", estimate.high());
    amounts.forEach((name, amount) -> line.put(name + "_an_epoch", amount));
    amounts.forEach((name, amount) ->
        line.put(name + "_a_day", new TokenAmount(amount.value().multiply(epochs))));
    return line;
  }

  /** What the numbers are worth, in one sentence. */
  private static String says(List<Estimate> estimates) {
    Estimate all = estimates.getLast();
    if (all.samples() == 0) {
      return "No final epoch heard of a device of this network yet: nothing can be said.";
    }
    if (all.high().isZero()) {
      return "Nearly nobody was paid here in these epochs: expect nothing until customers buy.";
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

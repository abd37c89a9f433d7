package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.Skipped;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.engine.money.Totals;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.TokenAmount;

/**
 * One result over several epochs that were run one after the other: the last one's statement, with
 * the sums of all totals and all inputs folded.
 */
public final class Covering {
  private Covering() {}

  public static EpochResult join(ResultPlan plan, List<EpochResult> results) {
    Totals totals = new Totals();
    List<SegmentVerdicts> segments = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    SortedMap<DeviceId, DeviceSummary> devices = new TreeMap<>();
    List<ChargeLine> charges = new ArrayList<>();
    List<EconomyLine> economy = new ArrayList<>();
    TokenAmount dust = TokenAmount.ZERO;
    for (EpochResult result : results) {
      result.statement().totals().forEach(t -> totals.add(t.kind(), t.network(), t.amount()));
      segments.addAll(result.segments());
      skipped.addAll(result.skipped());
      result.devices().forEach(d -> devices.merge(d.device(), d, DeviceSummary::plus));
      charges.addAll(result.charges());
      economy.addAll(result.economy());
      dust = dust.plus(result.dust());
    }
    segments.sort(Comparator.comparing(SegmentVerdicts::segment));
    skipped.sort(null);
    EpochResult last = results.getLast();
    return new EpochResult(
        plan.first(),
        statement(plan, last.statement(), totals),
        last.carry(),
        last.leaves(),
        segments,
        skipped,
        List.copyOf(devices.values()),
        charges,
        economy,
        dust);
  }

  private static EpochStatement statement(ResultPlan plan, EpochStatement last, Totals totals) {
    return new EpochStatement(
        last.deployment(),
        last.epoch(),
        last.attempt(),
        last.closeBlock(),
        last.parent(),
        plan.inputs(),
        last.rules(),
        last.carryRoot(),
        last.moneyRoot(),
        totals.list());
  }
}

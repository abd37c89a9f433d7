package org.groundwork.engine.steps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.Skipped;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
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

  /** Judges one epoch from the carry that the one before left. */
  public interface OneEpoch {
    EpochResult run(EpochPlan plan, CarrySnapshot carry) throws IOException, UnknownRules;
  }

  /** Judges all epochs of a plan, one after the other. */
  public static EpochResult run(ResultPlan plan, CarrySnapshot carry, OneEpoch judge)
      throws IOException, UnknownRules {
    List<EpochResult> results = new ArrayList<>();
    CarrySnapshot running = carry;
    for (EpochPlan epoch : plan.epochs()) {
      EpochResult next = judge.run(epoch, running);
      results.add(next);
      running = next.carry();
    }
    return results.size() == 1 ? results.getFirst() : join(plan, results);
  }

  private static EpochResult join(ResultPlan plan, List<EpochResult> results) {
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
        new PublishedResult(
            plan.first(),
            statement(plan, last.statement(), totals),
            last.leaves(),
            segments,
            skipped,
            List.copyOf(devices.values()),
            charges,
            economy,
            dust),
        last.carry());
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

package org.groundwork.engine;

import java.util.List;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.engine.scratch.StoredList;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.TokenAmount;

/**
 * An {@link EpochResult} as it is published for ever: without the carry, which has its own file by
 * its root and is not kept for every epoch.
 */
public record PublishedResult(
    EpochNumber first,
    EpochStatement statement,
    List<MoneyLeaf> leaves,
    List<SegmentVerdicts> segments,
    List<Skipped> skipped,
    List<DeviceSummary> devices,
    List<ChargeLine> charges,
    List<EconomyLine> economy,
    TokenAmount dust) {
  public PublishedResult {
    leaves = List.copyOf(leaves);
    segments = StoredList.keep(segments);
    skipped = List.copyOf(skipped);
    devices = StoredList.keep(devices);
    charges = List.copyOf(charges);
    economy = List.copyOf(economy);
  }

  public static PublishedResult of(EpochResult result) {
    return new PublishedResult(
        result.first(),
        result.statement(),
        result.leaves(),
        result.segments(),
        result.skipped(),
        result.devices(),
        result.charges(),
        result.economy(),
        result.dust());
  }

  /** Whether an epoch is this result's own, or a skipped one that it covers. */
  public boolean covers(EpochNumber epoch) {
    return first.compareTo(epoch) <= 0 && epoch.compareTo(statement.epoch()) <= 0;
  }
}

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
 * What is published for ever of an {@link EpochResult}: all but the carry, which has its own file
 * by its root and is not kept for every epoch.
 *
 * <p>Lists of segments and devices may be {@link StoredList}s: to be iterated, not indexed.
 *
 * @param first the first epoch that the result covers
 * @param leaves of the money root, ascending by kind, network and subject
 * @param segments verdicts on the records of each segment that counted, ascending by segment
 * @param skipped indexes and segments that did not count
 * @param devices those with records, faults or charges, ascending
 * @param charges each piece of evidence of demand, in the order in which it was charged
 * @param economy what happened to tokens besides payments to sellers, epoch by epoch
 * @param dust tokens that neither the margin nor a payment took: {@code floor((1 - m) * basis)} of
 *     each network, less what was paid there; left by rounding and by the price's cap, burned
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

  /** Whether an epoch is this result's own, or a skipped one that it covers. */
  public boolean covers(EpochNumber epoch) {
    return first.compareTo(epoch) <= 0 && epoch.compareTo(statement.epoch()) <= 0;
  }
}

package org.groundwork.engine.money;

import java.util.List;
import java.util.SortedMap;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;

/**
 * What the common step did.
 *
 * @param lines one for each demand, in the order in which they were charged
 * @param economy what happened to tokens besides, in the order in which it did
 * @param carry all entries of the spaces that count money
 * @param leaves ascending by kind, network and subject
 * @param totals increases, ascending by kind and network, none of them zero
 * @param dust what of (1 - m) of the basis was not paid
 */
public record MoneyResult(
    List<ChargeLine> lines,
    List<EconomyLine> economy,
    SortedMap<CarryKey, Bytes> carry,
    List<MoneyLeaf> leaves,
    List<Total> totals,
    TokenAmount dust) {
  public MoneyResult {
    lines = List.copyOf(lines);
    economy = List.copyOf(economy);
    leaves = List.copyOf(leaves);
    totals = List.copyOf(totals);
  }
}

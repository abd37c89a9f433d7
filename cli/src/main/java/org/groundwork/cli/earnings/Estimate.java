package org.groundwork.cli.earnings;

import java.util.List;
import java.util.function.LongPredicate;
import org.groundwork.protocol.TokenAmount;

/**
 * What one more device would have got in an epoch, in some cells: not what it will get.
 *
 * @param cells which, in words
 * @param samples cells and epochs that it rests on
 * @param low a tenth of the samples are not above it
 * @param middle the median
 * @param high nine tenths of the samples are not above it
 */
public record Estimate(
    String cells, int samples, TokenAmount low, TokenAmount middle, TokenAmount high) {
  /** Fewer samples say nothing about the ends of the range. */
  public static final int ENOUGH = 20;

  private static final int LOW = 10;
  private static final int MIDDLE = 50;
  private static final int HIGH = 90;

  /**
   * Estimates from what cells were paid.
   *
   * @param in which cells count
   */
  public static Estimate of(
      String cells, List<PaidCell> paid, LongPredicate in, int devicesPerCell) {
    List<TokenAmount> shares =
        paid.stream()
            .filter(each -> in.test(each.cell()))
            .map(each -> each.share(devicesPerCell))
            .sorted()
            .toList();
    return new Estimate(
        cells, shares.size(), rank(shares, LOW), rank(shares, MIDDLE), rank(shares, HIGH));
  }

  /** The nearest-rank percentile. */
  private static TokenAmount rank(List<TokenAmount> sorted, int percent) {
    return sorted.isEmpty()
        ? TokenAmount.ZERO
        : sorted.get(Math.max(Math.ceilDiv(percent * sorted.size(), 100), 1) - 1);
  }

  public boolean isEnough() {
    return samples >= ENOUGH;
  }
}

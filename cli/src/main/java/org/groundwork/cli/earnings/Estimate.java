package org.groundwork.cli.earnings;

import java.math.BigInteger;
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
            .toList();
    return ofShares(cells, shares);
  }

  /** Estimates from what one more device would have got in each of some epochs. */
  public static Estimate ofShares(String cells, List<TokenAmount> samples) {
    List<TokenAmount> shares = samples.stream().sorted().toList();
    return new Estimate(
        cells, shares.size(), rank(shares, LOW), rank(shares, MIDDLE), rank(shares, HIGH));
  }

  /** This and another one together: low where both are low, high where both are. */
  public Estimate plus(String both, Estimate other) {
    return new Estimate(
        both,
        Math.min(samples, other.samples),
        low.plus(other.low),
        middle.plus(other.middle),
        high.plus(other.high));
  }

  /** The same for so many epochs that are all alike. */
  public Estimate times(long epochs) {
    BigInteger count = BigInteger.valueOf(epochs);
    return new Estimate(
        cells, samples, times(low, count), times(middle, count), times(high, count));
  }

  private static TokenAmount times(TokenAmount amount, BigInteger count) {
    return new TokenAmount(amount.value().multiply(count));
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

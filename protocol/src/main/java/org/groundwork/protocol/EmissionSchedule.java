package org.groundwork.protocol;

import java.math.BigInteger;

/**
 * The declining schedule under which new tokens may be minted; the same integers as {@code
 * EmissionSchedule.sol}. Period {@code k = epoch / periodEpochs} has {@code rate(0) = initialRate}
 * and {@code rate(k + 1) = floor(rate(k) * declineBps / 10000)} tokens an epoch.
 *
 * @param initialRate tokens an epoch in the first period
 * @param periodEpochs epochs of a period
 * @param decline what of a period's rate is left in the next one; below the whole
 * @param hardCap no sum exceeds it
 * @param bootstrap share of the schedule for bootstrap
 * @param operators share that tops up what verifiers get
 * @param treasury share of the treasury
 * @param treasuryAccount who gets it
 */
public record EmissionSchedule(
    TokenAmount initialRate,
    long periodEpochs,
    BasisPoints decline,
    TokenAmount hardCap,
    BasisPoints bootstrap,
    BasisPoints operators,
    BasisPoints treasury,
    AccountId treasuryAccount) {
  private static final BigInteger WHOLE = BigInteger.valueOf(BasisPoints.WHOLE);
  private static final BasisPoints NOTHING = new BasisPoints(0);

  /** Nothing is ever minted. */
  public static final EmissionSchedule NONE =
      new EmissionSchedule(
          TokenAmount.ZERO,
          1,
          NOTHING,
          TokenAmount.ZERO,
          NOTHING,
          NOTHING,
          NOTHING,
          AccountId.ZERO);

  public EmissionSchedule {
    if (periodEpochs < 1 || decline.value() == BasisPoints.WHOLE) {
      throw new IllegalArgumentException(
          "periods of %d epochs that decline to %d".formatted(periodEpochs, decline.value()));
    }
    if (bootstrap.value() + operators.value() + treasury.value() > BasisPoints.WHOLE) {
      throw new IllegalArgumentException("shares of more than the whole");
    }
    BigInteger sum =
        Rounding.divideFloor(
            initialRate.value().multiply(BigInteger.valueOf(periodEpochs)).multiply(WHOLE),
            BigInteger.valueOf(decline.complement()));
    if (sum.compareTo(hardCap.value()) > 0) {
      throw new IllegalArgumentException("a schedule above its hard cap");
    }
  }

  /** Tokens an epoch in this epoch. */
  public TokenAmount rateOf(EpochNumber epoch) {
    BigInteger rate = initialRate.value();
    for (long period = epoch.value() / periodEpochs; period > 0 && rate.signum() > 0; period--) {
      rate = declined(rate);
    }
    return new TokenAmount(rate);
  }

  /** Sum of the rates of the epochs {@code first} to {@code last}, both included. */
  public TokenAmount scheduled(EpochNumber first, EpochNumber last) {
    BigInteger before = first.value() == 0 ? BigInteger.ZERO : sumOf(first.value());
    return last.compareTo(first) < 0
        ? TokenAmount.ZERO
        : new TokenAmount(sumOf(last.value() + 1).subtract(before));
  }

  /** Bootstrap's share of all epochs up to and including this one. */
  public TokenAmount bootstrapUpTo(EpochNumber epoch) {
    return PaymentRule.share(scheduled(EpochNumber.FIRST, epoch), bootstrap);
  }

  /** The operators' share of the epochs {@code first} to {@code last}, rounded down once. */
  public TokenAmount operatorsBetween(EpochNumber first, EpochNumber last) {
    return PaymentRule.share(scheduled(first, last), operators);
  }

  /** The treasury's share of the epochs {@code first} to {@code last}, rounded down once. */
  public TokenAmount treasuryBetween(EpochNumber first, EpochNumber last) {
    return PaymentRule.share(scheduled(first, last), treasury);
  }

  /** Sum of the rates of the first so many epochs. */
  private BigInteger sumOf(long epochs) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger rate = initialRate.value();
    for (long left = epochs; left > 0 && rate.signum() > 0; left -= periodEpochs) {
      sum = sum.add(rate.multiply(BigInteger.valueOf(Math.min(left, periodEpochs))));
      rate = declined(rate);
    }
    return sum;
  }

  private BigInteger declined(BigInteger rate) {
    return Rounding.divideFloor(rate.multiply(BigInteger.valueOf(decline.value())), WHOLE);
  }
}

package org.groundwork.protocol;

import java.math.BigInteger;

/**
 * A network's bootstrap, fixed at its creation; the same integers as {@code NetworkRegistry.sol}.
 * The budget of an epoch falls in a straight line from {@code initial} at {@code start} to 0 at
 * {@code end}.
 *
 * @param initial tokens for the first epoch
 * @param start first epoch
 * @param end first epoch without
 * @param maxCell most that one cell gets of an epoch's budget
 * @param maxAdmissions new devices an epoch
 * @param deviceStake least stake of a device that takes part
 */
public record BootstrapBudget(
    TokenAmount initial,
    EpochNumber start,
    EpochNumber end,
    BasisPoints maxCell,
    long maxAdmissions,
    TokenAmount deviceStake) {
  public static final BootstrapBudget NONE =
      new BootstrapBudget(
          TokenAmount.ZERO,
          EpochNumber.FIRST,
          EpochNumber.FIRST,
          new BasisPoints(0),
          0,
          TokenAmount.ZERO);

  public BootstrapBudget {
    boolean none = initial.isZero() && start.equals(end);
    if ((!none && start.compareTo(end) >= 0) || maxAdmissions < 0) {
      throw new IllegalArgumentException("a bootstrap from %s to %s".formatted(start, end));
    }
  }

  /** The budget of one epoch. */
  public TokenAmount of(EpochNumber epoch) {
    return epoch.value() == 0
        ? upTo(epoch)
        : upTo(epoch).minus(upTo(new EpochNumber(epoch.value() - 1)));
  }

  /**
   * The budgets of all epochs up to and including this one: {@code floor(initial * (n * d - n * (n
   * - 1) / 2) / d)} for {@code n} epochs of {@code d}.
   */
  public TokenAmount upTo(EpochNumber epoch) {
    if (initial.isZero() || epoch.compareTo(start) < 0) {
      return TokenAmount.ZERO;
    }
    BigInteger d = BigInteger.valueOf(end.value() - start.value());
    BigInteger n = BigInteger.valueOf(Math.min(epoch.value(), end.value() - 1) - start.value() + 1);
    BigInteger lost = n.multiply(n.subtract(BigInteger.ONE)).shiftRight(1);
    return new TokenAmount(
        Rounding.divideFloor(initial.value().multiply(n.multiply(d).subtract(lost)), d));
  }
}

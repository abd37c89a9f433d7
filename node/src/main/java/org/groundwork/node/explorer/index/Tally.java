package org.groundwork.node.explorer.index;

import java.math.BigInteger;

/**
 * What records, customers and budgets came to for a device, in one epoch or since genesis.
 *
 * @param accepted records that counted
 * @param charged credits
 * @param paid tokens for service; the other amounts are tokens of bootstrap
 */
public record Tally(
    long accepted,
    long rejected,
    long faults,
    BigInteger charged,
    BigInteger paid,
    BigInteger awarded,
    BigInteger vested,
    BigInteger forfeited) {
  public static final Tally NONE =
      new Tally(
          0,
          0,
          0,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO);

  public Tally plus(Tally more) {
    return new Tally(
        accepted + more.accepted,
        rejected + more.rejected,
        faults + more.faults,
        add(charged, more.charged),
        add(paid, more.paid),
        add(awarded, more.awarded),
        add(vested, more.vested),
        add(forfeited, more.forfeited));
  }

  public Tally minus(Tally less) {
    return new Tally(
        accepted - less.accepted,
        rejected - less.rejected,
        faults - less.faults,
        charged.subtract(less.charged),
        paid.subtract(less.paid),
        awarded.subtract(less.awarded),
        vested.subtract(less.vested),
        forfeited.subtract(less.forfeited));
  }

  private static BigInteger add(BigInteger a, BigInteger b) {
    return b.signum() == 0 ? a : a.add(b);
  }

  /** Tokens awarded that neither vested nor were forfeited yet. */
  public BigInteger vesting() {
    return awarded.subtract(vested).subtract(forfeited);
  }
}

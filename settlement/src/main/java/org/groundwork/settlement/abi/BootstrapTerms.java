package org.groundwork.settlement.abi;

import java.math.BigInteger;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;

/** Bootstrap of a network as the contract keeps it; all zero for none. */
public record BootstrapTerms(
    TokenAmount initial,
    BigInteger start,
    BigInteger end,
    int maxCellBps,
    long maxAdmissions,
    TokenAmount deviceStake) {
  private static final BigInteger LAST_EPOCH = BigInteger.valueOf(0xFFFF_FFFFL);

  public static BootstrapTerms of(BootstrapBudget budget) {
    return new BootstrapTerms(
        budget.initial(),
        BigInteger.valueOf(budget.start().value()),
        BigInteger.valueOf(budget.end().value()),
        budget.maxCell().value(),
        budget.maxAdmissions(),
        budget.deviceStake());
  }

  /** The budget; none if it would begin after the last epoch that can be named. */
  public BootstrapBudget budget() {
    BigInteger last = end.min(LAST_EPOCH);
    if (start.compareTo(last) >= 0) {
      return BootstrapBudget.NONE;
    }
    return new BootstrapBudget(
        initial,
        new EpochNumber(start.longValueExact()),
        new EpochNumber(last.longValueExact()),
        new BasisPoints(maxCellBps),
        maxAdmissions,
        deviceStake);
  }
}

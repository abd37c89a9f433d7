package org.groundwork.engine.money;

import java.math.BigInteger;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Rounding;
import org.groundwork.protocol.TokenAmount;

/** How much of a bootstrap budget a device gets; for who pays it and for who estimates it. */
public final class BootstrapShares {
  private BootstrapShares() {}

  /**
   * What is left of a network's budget in an epoch: all budgets together stay within bootstrap's
   * share of the schedule, epoch by epoch.
   *
   * @param budgets of all networks in that epoch, this one's among them
   */
  public static TokenAmount withinSchedule(
      TokenAmount budget, TokenAmount budgets, EmissionSchedule emission, EpochNumber epoch) {
    TokenAmount before =
        epoch.value() == 0
            ? TokenAmount.ZERO
            : emission.bootstrapUpTo(new EpochNumber(epoch.value() - 1));
    TokenAmount room = emission.bootstrapUpTo(epoch).minus(before);
    return budgets.compareTo(room) <= 0 ? budget : part(budget, room.value(), budgets.value());
  }

  /**
   * A device's share of an epoch's budget.
   *
   * @param maxCell most that the devices of one cell get together
   * @param capacity of the device
   * @param ofCell capacity of all devices in its cell
   * @param all capacity of all devices of the network, above zero
   */
  public static TokenAmount share(
      TokenAmount budget,
      BasisPoints maxCell,
      BigInteger capacity,
      BigInteger ofCell,
      BigInteger all) {
    TokenAmount mostOfCell = PaymentRule.share(budget, maxCell);
    boolean capped = part(budget, ofCell, all).compareTo(mostOfCell) > 0;
    return capped ? part(mostOfCell, capacity, ofCell) : part(budget, capacity, all);
  }

  private static TokenAmount part(TokenAmount amount, BigInteger part, BigInteger whole) {
    return new TokenAmount(Rounding.divideFloor(amount.value().multiply(part), whole));
  }
}

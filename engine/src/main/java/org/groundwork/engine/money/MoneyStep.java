package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Device;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Score;
import org.groundwork.rules.Slash;

/**
 * Everything about money in one epoch, a rule in each class: {@link Charging}, {@link
 * OperatorsShare}, {@link VerifierPay}, {@link Slashing}, {@link Bootstrap}; the treasury's share
 * here.
 */
public final class MoneyStep {
  private final EpochPlan plan;
  private final Books books;
  private final Totals totals = new Totals();
  private final Tokens tokens;
  private final Slashing slashing;
  private final Bootstrap bootstrap;
  private final Carriers carriers;
  private final List<Demand> demands = new ArrayList<>();
  private final Scopes scopes = new Scopes();

  public MoneyStep(EpochPlan plan, CarrySnapshot carry, Carriers carriers) {
    this.plan = plan;
    this.carriers = carriers;
    books = new Books(plan, carry);
    tokens = new Tokens(books, totals);
    slashing = new Slashing(plan, tokens, books);
    bootstrap = new Bootstrap(plan, carry, tokens);
  }

  /** Takes a score of a network; the order of calls does not matter. */
  public void add(NetworkId network, Score score) {
    switch (score.entitlement()) {
      case Entitlement.Paid paid -> demands.add(Demand.of(network, score.device(), paid));
      case Entitlement.Proven proven -> demands.add(Demand.of(network, score.device(), proven));
      case Entitlement.Scope part -> scopes.add(network, score.device(), part);
    }
  }

  /** Takes what rules said of a device's capacity and stake; devices in ascending order. */
  public void add(Device device, BigInteger capacity, List<Slash> slashes) {
    bootstrap.add(device, capacity);
    slashing.add(device, slashes);
  }

  /** Charges and pays for all that was added. */
  public MoneyResult settle() {
    demands.addAll(scopes.demands(plan));
    Charging charging = new Charging(plan, books, totals);
    List<ChargeLine> charges = charging.settle(demands);
    plan.dues()
        .ifPresent(dues -> {
          new VerifierPay(plan, tokens, books).settle(dues);
          TokenAmount treasury =
              plan.economy().emission().treasuryBetween(dues.first(), dues.last());
          tokens.earn(
              EconomyLine.Cause.TREASURY,
              NetworkId.NONE,
              plan.economy().emission().treasuryAccount(),
              treasury);
        });
    new OperatorsShare(plan, carriers, tokens, books).settle(charges, totals.basis());
    slashing.settle();
    bootstrap.settle(slashing.slashed());
    SortedMap<CarryKey, Bytes> carry = new TreeMap<>(books.toCarry());
    carry.putAll(bootstrap.toCarry());
    return new MoneyResult(
        charges, tokens.lines(), carry, books.leaves(), totals.list(), charging.dust());
  }
}

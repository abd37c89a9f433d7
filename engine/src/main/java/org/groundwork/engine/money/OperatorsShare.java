package org.groundwork.engine.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.TokenAmount;

/**
 * Of each charge the gateway that carried the device's records gets its part of the operators'
 * share; the rest of that share is the verifiers' pool of the network, for the next result. A
 * device without accepted records has no carrier: all of its share goes to the pool.
 */
final class OperatorsShare {
  private final EpochPlan plan;
  private final Carriers carriers;
  private final Tokens tokens;
  private final Books books;

  OperatorsShare(EpochPlan plan, Carriers carriers, Tokens tokens, Books books) {
    this.plan = plan;
    this.carriers = carriers;
    this.tokens = tokens;
    this.books = books;
  }

  /** Pays gateways and fills the pools; {@code basis} is what was consumed of each network. */
  void settle(List<ChargeLine> charges, SortedMap<NetworkId, TokenAmount> basis) {
    Map<NetworkId, TokenAmount> paid = new TreeMap<>();
    for (Map.Entry<DeviceId, SortedMap<NetworkId, TokenAmount>> device :
        shares(charges).entrySet()) {
      Optional<AccountId> operator = carriers.carrierOf(device.getKey()).flatMap(plan::gatewayOf);
      if (operator.isPresent()) {
        device
            .getValue()
            .forEach((network, share) -> {
              tokens.earn(
                  new EconomyLine(
                      Cause.GATEWAY,
                      network,
                      operator.get(),
                      Optional.of(device.getKey()),
                      share,
                      ""));
              paid.merge(network, share, TokenAmount::plus);
            });
      }
    }
    basis.forEach((network, consumed) -> {
      TokenAmount share = PaymentRule.operatorsShare(consumed, plan.economy().operators());
      books.addToPool(network, share.minus(paid.getOrDefault(network, TokenAmount.ZERO)));
    });
  }

  /** The gateway's parts, rounded down charge by charge, of each device's charges. */
  private SortedMap<DeviceId, SortedMap<NetworkId, TokenAmount>> shares(List<ChargeLine> charges) {
    SortedMap<DeviceId, SortedMap<NetworkId, TokenAmount>> shares = new TreeMap<>();
    for (ChargeLine charge : charges) {
      if (!charge.basis().isZero()) {
        shares
            .computeIfAbsent(charge.device(), _ -> new TreeMap<>())
            .merge(
                charge.network(),
                PaymentRule.gatewayShare(charge.basis(), plan.economy().operators()),
                TokenAmount::plus);
      }
    }
    return shares;
  }
}

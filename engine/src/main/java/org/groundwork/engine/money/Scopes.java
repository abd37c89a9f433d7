package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.rules.Device;
import org.groundwork.rules.Entitlement;

/**
 * Gathers the parts that devices have in the cells of scope deals into one demand for each deal and
 * cell. Parts of one device add up; its owner at the epoch's opening is paid.
 */
final class Scopes {
  private record Sold(NetworkId network, ScopeTerms deal, long cell) {}

  private final Map<Sold, SortedMap<DeviceId, BigInteger>> weights = new HashMap<>();

  void add(NetworkId network, DeviceId device, Entitlement.Scope part) {
    if (part.weight() > 0) {
      weights
          .computeIfAbsent(new Sold(network, part.deal(), part.cell()), _ -> new TreeMap<>())
          .merge(device, BigInteger.valueOf(part.weight()), BigInteger::add);
    }
  }

  /** In no order; devices that the plan does not know in the network have no part. */
  List<Demand> demands(EpochPlan plan) {
    List<Demand> demands = new ArrayList<>();
    weights.forEach((sold, devices) -> {
      List<Demand.Part> parts = new ArrayList<>();
      devices.forEach((device, weight) ->
          owner(plan, sold.network(), device)
              .ifPresent(owner -> parts.add(new Demand.Part(device, owner, weight))));
      if (!parts.isEmpty()) {
        demands.add(Demand.of(sold.network(), sold.deal(), sold.cell(), parts));
      }
    });
    return demands;
  }

  private static Optional<AccountId> owner(EpochPlan plan, NetworkId network, DeviceId device) {
    return plan.device(device).filter(known -> known.network().equals(network)).map(Device::owner);
  }
}

package org.groundwork.engine.steps;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.engine.money.Carriers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;

/**
 * Who brought most of a device's accepted records. Of copies only the one that came first is
 * accepted, so that who repeats another gateway's records carries nothing. Knows the devices that
 * are wanted, no others.
 */
final class FirstCarriers implements Carriers {
  private final Set<DeviceId> wanted = new HashSet<>();
  private final Map<DeviceId, AccountId> carriers = new HashMap<>();

  void want(DeviceId device) {
    wanted.add(device);
  }

  void add(DeviceOutcome outcome, Map<DeviceId, Amended> amended) {
    if (wanted.contains(outcome.device())) {
      Amended after = amended.get(outcome.device());
      most(after == null ? outcome.carried() : after.carried(outcome.carried()))
          .ifPresent(gateway -> carriers.put(outcome.device(), gateway));
    }
  }

  private static Optional<AccountId> most(SortedMap<AccountId, Long> carried) {
    Optional<AccountId> most = Optional.empty();
    long highest = 0;
    for (Map.Entry<AccountId, Long> gateway : carried.entrySet()) {
      if (gateway.getValue() > highest) {
        highest = gateway.getValue();
        most = Optional.of(gateway.getKey());
      }
    }
    return most;
  }

  @Override
  public Optional<AccountId> carrierOf(DeviceId device) {
    return Optional.ofNullable(carriers.get(device));
  }
}

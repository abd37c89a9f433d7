package org.groundwork.engine.steps;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** A device after the second phase. */
  void add(DeviceOutcome outcome) {
    if (wanted.contains(outcome.device())) {
      long highest = 0;
      for (Map.Entry<AccountId, Long> gateway : outcome.carried().entrySet()) {
        if (gateway.getValue() > highest) {
          highest = gateway.getValue();
          carriers.put(outcome.device(), gateway.getKey());
        }
      }
    }
  }

  @Override
  public Optional<AccountId> carrierOf(DeviceId device) {
    return Optional.ofNullable(carriers.get(device));
  }
}

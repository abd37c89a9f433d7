package org.groundwork.engine.steps;

import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.money.MoneyResult;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Device;

/** Puts together what is kept for the next epoch. */
final class NextCarry {
  private final EpochPlan plan;
  private final TreeMap<CarryKey, Bytes> entries = new TreeMap<>();

  NextCarry(EpochPlan plan, CarrySnapshot before) {
    this.plan = plan;
    before
        .entries()
        .forEach((key, value) -> {
          if (isKept(plan, key, value)) {
            entries.put(key, value);
          }
        });
  }

  /** The money step keeps its own; a device that changed its key gives up the old one. */
  private static boolean isKept(EpochPlan plan, CarryKey key, Bytes value) {
    return switch (key.space()) {
      case ACTIVATION ->
          plan.device(device(key))
              .filter(device -> Activation.decode(value).holdsKey(device.key().hash()))
              .isPresent();
      case DEVICE, GROUP -> true;
      case PAID, RESERVATION, DEAL, SESSION, EARNED, POOL, SLASHED, ADMITTED, AWARD, SESSION_KEY ->
          false;
    };
  }

  NextCarry devices(Iterable<DeviceOutcome> outcomes) {
    for (DeviceOutcome next : outcomes) {
      replace(CarryKey.device(next.network(), next.device()), next.carry());
      if (next.saidHello()) {
        Device device = plan.device(next.device()).orElseThrow();
        CarryKey key = CarryKey.activation(next.network(), next.device());
        entries.put(key, Activation.of(device).encode());
      }
    }
    return this;
  }

  NextCarry groups(Iterable<GroupOutcome> outcomes) {
    outcomes.forEach(next -> replace(CarryKey.group(next.network(), next.group()), next.carry()));
    return this;
  }

  NextCarry money(MoneyResult money) {
    entries.putAll(money.carry());
    return this;
  }

  CarrySnapshot build() {
    return new CarrySnapshot(entries);
  }

  private void replace(CarryKey key, Carry carry) {
    if (carry.isEmpty()) {
      entries.remove(key);
    } else {
      entries.put(key, carry.content());
    }
  }

  private static DeviceId device(CarryKey key) {
    if (key.space() != CarrySpace.ACTIVATION) {
      throw new IllegalArgumentException(key + " names no device");
    }
    try {
      return new DeviceId(new CanonicalReader(key.key()).count());
    } catch (Malformed e) {
      throw new IllegalStateException("the carry keeps a broken key: " + key, e);
    }
  }
}

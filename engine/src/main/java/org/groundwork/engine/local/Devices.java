package org.groundwork.engine.local;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Device;
import org.groundwork.rules.Rules;

/** The registered devices, with what the carry says of their Hellos. */
final class Devices {
  private final EpochPlan plan;
  private final CarrySnapshot carry;
  private final Map<NetworkId, Rules> rules;
  private final Map<DeviceId, Hash> keyHashes = new HashMap<>();

  Devices(EpochPlan plan, CarrySnapshot carry, Map<NetworkId, Rules> rules) {
    this.plan = plan;
    this.carry = carry;
    this.rules = rules;
    for (Device device : plan.devices()) {
      keyHashes.put(device.id(), device.key().hash());
    }
  }

  /** Devices by the hash of their key, ascending. */
  SortedMap<Hash, SortedMap<DeviceId, Device>> byKey() {
    SortedMap<Hash, SortedMap<DeviceId, Device>> byKey = new TreeMap<>();
    for (Device device : plan.devices()) {
      byKey.computeIfAbsent(keyHash(device), _ -> new TreeMap<>()).put(device.id(), device);
    }
    return byKey;
  }

  Subject subject(Device device, boolean ownsKey) {
    Rules known = rules.get(device.network());
    return new Subject(
        device,
        keyHash(device),
        known != null,
        known == null ? 0 : known.maxRecordsPerDevice(),
        isActive(device),
        ownsKey);
  }

  /** Whether an earlier epoch accepted a Hello with the registered owner and key. */
  boolean isActive(Device device) {
    return activation(device).equals(Optional.of(Activation.of(device)));
  }

  /** Whether this device was the first to say Hello with its key, and kept it since. */
  boolean holdsKey(Device device) {
    return activation(device).filter(a -> a.holdsKey(keyHash(device))).isPresent();
  }

  private Optional<Activation> activation(Device device) {
    Bytes kept = carry.get(CarryKey.activation(device.network(), device.id()));
    return kept.isEmpty() ? Optional.empty() : Optional.of(Activation.decode(kept));
  }

  private Hash keyHash(Device device) {
    Hash hash = keyHashes.get(device.id());
    return hash == null ? device.key().hash() : hash;
  }
}

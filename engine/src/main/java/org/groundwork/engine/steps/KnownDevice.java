package org.groundwork.engine.steps;

import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.Bytes;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Device;

/**
 * A registered device with what is kept about it.
 *
 * @param activation what the carry has under {@link CarryKey#activation}; empty if nothing
 * @param carry its network's, under {@link CarryKey#device}
 * @param ownsKey false if another device said Hello with this key before; by {@link KeyOwners}
 */
public record KnownDevice(Device device, Bytes activation, Carry carry, boolean ownsKey) {
  public static KnownDevice of(Device device, CarrySnapshot before, KeyOwners owners) {
    return of(device, before, owners.ownsKey(device.id()));
  }

  static KnownDevice of(Device device, CarrySnapshot before, boolean ownsKey) {
    return new KnownDevice(
        device,
        before.get(CarryKey.activation(device.network(), device.id())),
        new Carry(before.get(CarryKey.device(device.network(), device.id()))),
        ownsKey);
  }

  /** Whether an earlier epoch accepted a Hello with the registered owner and key. */
  boolean isActive() {
    return !activation.isEmpty() && Activation.decode(activation).equals(Activation.of(device));
  }

  /** Whether this device was the first to say Hello with its key, and kept it since. */
  boolean holdsKey() {
    return !activation.isEmpty() && Activation.decode(activation).holdsKey(device.key().hash());
  }
}

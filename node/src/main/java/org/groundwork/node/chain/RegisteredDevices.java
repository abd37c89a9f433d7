package org.groundwork.node.chain;

import java.util.Optional;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.settlement.chain.RegisteredDevice;

/** Devices of the registry as rules see them. */
final class RegisteredDevices {
  private RegisteredDevices() {}

  /** Empty for a device whose key is none: it can never sign anything. */
  static Optional<Device> device(RegisteredDevice registered) {
    try {
      return Optional.of(
          new Device(
              registered.id(),
              registered.network(),
              registered.owner(),
              new PublicKey(KeyType.of(registered.keyType()), registered.key()),
              registered.cell()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

package org.groundwork.cli;

import org.groundwork.settlement.chain.RegisteredDevice;

/**
 * Who holds a device's key, as its registration says: the device, or a bridge for it. The latter
 * have an endpoint {@code bridge:NAME}.
 */
final class Custody {
  private Custody() {}

  /** For people. */
  static String text(RegisteredDevice device) {
    return device.isBridged()
        ? "bridge ("
            + device.endpoint().substring(RegisteredDevice.BRIDGE.length())
            + "): it signs for the device"
        : "own key";
  }
}

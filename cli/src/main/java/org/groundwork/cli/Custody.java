package org.groundwork.cli;

import org.groundwork.settlement.chain.RegisteredDevice;

/**
 * Who holds a device's key, as its registration says: the device, or a bridge for it. The latter
 * have an endpoint {@code bridge:NAME}.
 */
public final class Custody {
  private static final String BRIDGE = "bridge:";

  private Custody() {}

  /** Whether a bridge may speak for the device. */
  public static boolean isBridge(RegisteredDevice device) {
    return device.endpoint().startsWith(BRIDGE);
  }

  /** For people. */
  static String text(RegisteredDevice device) {
    return isBridge(device)
        ? "bridge (" + device.endpoint().substring(BRIDGE.length()) + "): it signs for the device"
        : "own key";
  }
}

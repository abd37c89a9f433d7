package org.groundwork.settlement.chain;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;

/**
 * A device as the registry shows it.
 *
 * @param keyType the number of its key type, which the contract checked
 * @param key 32 or 33 bytes; the contract checked the form, not that it is a point
 */
public record RegisteredDevice(
    DeviceId id,
    AccountId owner,
    NetworkId network,
    int keyType,
    Bytes key,
    long cell,
    String endpoint) {
  /** How the endpoint of a device begins whose key a bridge holds; the bridge's name follows. */
  public static final String BRIDGE = "bridge:";

  /** Whether a bridge may speak for the device. */
  public boolean isBridged() {
    return endpoint.startsWith(BRIDGE);
  }
}

package org.groundwork.rules;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.PublicKey;

/**
 * A device as the registry showed it at the epoch's opening.
 *
 * @param cell coarse public H3 cell, 0 for none
 * @param isBridged whether its registration says that a bridge holds its key
 */
public record Device(
    DeviceId id, NetworkId network, AccountId owner, PublicKey key, long cell, boolean isBridged) {
  /** A device that holds its key itself. */
  public Device(DeviceId id, NetworkId network, AccountId owner, PublicKey key, long cell) {
    this(id, network, owner, key, cell, false);
  }
}

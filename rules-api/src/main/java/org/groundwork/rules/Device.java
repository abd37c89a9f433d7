package org.groundwork.rules;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.PublicKey;

/**
 * A device as the registry showed it at the epoch's opening.
 *
 * @param cell coarse public H3 cell, 0 for none
 */
public record Device(DeviceId id, NetworkId network, AccountId owner, PublicKey key, long cell) {}

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
    String endpoint) {}

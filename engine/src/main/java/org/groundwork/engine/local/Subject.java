package org.groundwork.engine.local;

import org.groundwork.protocol.Hash;
import org.groundwork.rules.Device;

/**
 * A registered device as the checks see it.
 *
 * @param known whether its network existed when the epoch opened
 * @param maxRecords how many of its records are looked at
 * @param active whether an earlier epoch accepted a Hello with this owner and key
 * @param ownsKey false if another device said Hello with this key before
 */
record Subject(
    Device device, Hash keyHash, boolean known, int maxRecords, boolean active, boolean ownsKey) {}

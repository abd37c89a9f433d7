package org.groundwork.engine;

import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Kind;

/**
 * A network as its registry showed it at the epoch's opening.
 *
 * @param parameters canonical JSON
 */
public record PlannedNetwork(
    NetworkId id, Kind kind, Bytes parameters, Hash rulesHash, BootstrapBudget bootstrap) {}

package org.groundwork.engine.steps;

import org.groundwork.protocol.Hash;
import org.groundwork.rules.Device;

/**
 * A registered device as the checks see it.
 *
 * @param isKnown whether its network existed when the epoch opened
 * @param maxRecords how many of its records are looked at
 */
record Subject(KnownDevice known, Hash keyHash, boolean isKnown, int maxRecords) {
  Device device() {
    return known.device();
  }
}

package org.groundwork.networks.sensing.rules;

import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.Hash;
import org.groundwork.rules.Device;

/**
 * What is kept of a maker's certificate that held once.
 *
 * @param maker hash of the maker's key
 * @param device hash of the device's key
 */
record Certified(Hash maker, Hash device) {
  /** Whether it still says something: the device has that key, and the maker is still named. */
  boolean holds(Device of, Trust trust) {
    return of.key().hash().equals(device)
        && trust.makers().stream().anyMatch(known -> known.hash().equals(maker));
  }
}

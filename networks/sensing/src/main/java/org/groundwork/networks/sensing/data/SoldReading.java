package org.groundwork.networks.sensing.data;

import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Sequence;

/**
 * A reading of a device, as it is sold.
 *
 * @param cell of the device, as registered
 */
record SoldReading(DeviceId device, Sequence sequence, long cell, Reading reading) {
  EpochNumber epoch() {
    return sequence.epoch();
  }
}

package org.groundwork.engine.steps;

import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.SlotNumber;

/**
 * The records of a device that passed the common checks.
 *
 * @param admitted ascending by sequence, without Hellos
 * @param hellos those that were accepted
 * @param active whether the device is active at the epoch's end
 */
record Checked(List<ArrivedRecord> admitted, List<ArrivedRecord> hellos, boolean active) {
  /** The smallest slot of an accepted Hello. */
  Optional<SlotNumber> firstHello() {
    return hellos.stream().map(hello -> hello.segment().slot()).min(SlotNumber::compareTo);
  }
}

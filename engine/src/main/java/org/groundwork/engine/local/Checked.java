package org.groundwork.engine.local;

import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.SlotNumber;

/**
 * The records of a device that passed the common checks.
 *
 * @param admitted ascending by sequence, without Hellos
 * @param hellos how many Hellos were accepted
 * @param firstHello the smallest slot of an accepted Hello
 * @param active whether the device is active at the epoch's end
 */
record Checked(
    List<Placed> admitted, int hellos, Optional<SlotNumber> firstHello, boolean active) {}

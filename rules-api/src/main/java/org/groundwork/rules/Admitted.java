package org.groundwork.rules;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.SlotNumber;

/**
 * A record that passed the checks common to all networks.
 *
 * @param slot the slot in which more than a third of the stake had it
 * @param payload the network's own bytes
 */
public record Admitted(RecordRef ref, SlotNumber slot, Bytes payload) {
  /** The type of the report: the payload's first byte. */
  public int type() {
    return payload.get(0) & 0xFF;
  }
}

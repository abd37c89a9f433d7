package org.groundwork.rules;

import java.util.List;

/**
 * Everything of one device in one epoch.
 *
 * @param records sorted by sequence; each type but Hello
 */
public record DeviceInput(EpochFacts epoch, Device device, Carry carry, List<Admitted> records) {
  public DeviceInput {
    records = List.copyOf(records);
  }
}

package org.groundwork.rules;

import java.util.List;

/**
 * What phase 1 says of a device.
 *
 * @param verdicts one for each record of the input, in its order
 * @param faults what was owed and not delivered
 * @param claims for phase 2
 * @param carry replaces the device's carry; {@link Carry#NONE} removes it
 */
public record DeviceResult(
    List<Verdict> verdicts, List<Fault> faults, List<Claim> claims, Carry carry) {
  public DeviceResult {
    verdicts = List.copyOf(verdicts);
    faults = List.copyOf(faults);
    claims = List.copyOf(claims);
  }
}

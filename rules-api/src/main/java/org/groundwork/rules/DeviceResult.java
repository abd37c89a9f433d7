package org.groundwork.rules;

import java.math.BigInteger;
import java.util.List;

/**
 * What phase 1 says of a device.
 *
 * @param verdicts one for each record of the input, in its order
 * @param faults what was owed and not delivered
 * @param claims for phase 2
 * @param carry replaces the device's carry; {@link Carry#NONE} removes it
 * @param capacity units of verified capacity that no payer can create: what a network's bootstrap
 *     is shared by; 0 for none, below 2^128
 * @param slashes of the device's stake
 */
public record DeviceResult(
    List<Verdict> verdicts,
    List<Fault> faults,
    List<Claim> claims,
    Carry carry,
    BigInteger capacity,
    List<Slash> slashes) {
  private static final int MAX_CAPACITY_BITS = 128;

  public DeviceResult {
    verdicts = List.copyOf(verdicts);
    faults = List.copyOf(faults);
    claims = List.copyOf(claims);
    slashes = List.copyOf(slashes);
    if (capacity.signum() < 0 || capacity.bitLength() > MAX_CAPACITY_BITS) {
      throw new IllegalArgumentException("a capacity of " + capacity);
    }
  }

  /** Without capacity and slashes. */
  public DeviceResult(List<Verdict> verdicts, List<Fault> faults, List<Claim> claims, Carry carry) {
    this(verdicts, faults, claims, carry, BigInteger.ZERO, List.of());
  }
}

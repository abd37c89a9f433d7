package org.groundwork.engine.local;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.Fault;
import org.groundwork.rules.Slash;

/**
 * What the first phase said of a device.
 *
 * @param tally of verdicts, which the second phase may still lower
 * @param carry replaces what was kept about the device
 * @param saidHello whether a Hello was accepted
 * @param capacity for its network's bootstrap
 * @param slashes of its stake
 */
record JudgedDevice(
    Device device,
    Tally tally,
    List<Fault> faults,
    List<Claim> claims,
    Carry carry,
    boolean saidHello,
    BigInteger capacity,
    List<Slash> slashes) {}

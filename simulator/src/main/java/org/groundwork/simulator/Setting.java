package org.groundwork.simulator;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.groundwork.node.chain.Operator;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;

/** What the chain was told before the network started. */
record Setting(
    SigningDomain domain,
    EpochSchedule schedule,
    List<Operator> verifiers,
    List<Operator> gateways,
    List<Device> devices,
    List<Reservation> reservations,
    Set<Canary> canaries) {
  /** Tokens that were burned for the reservations' credits. */
  BigInteger burned() {
    return reservations.stream()
        .map(reservation -> reservation.basis().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Credits that were reserved. */
  BigInteger reserved() {
    return reservations.stream()
        .map(reservation -> reservation.credits().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}

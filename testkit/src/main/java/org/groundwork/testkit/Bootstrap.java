package org.groundwork.testkit;

import java.math.BigInteger;

/** {@code INetworkRegistry.Bootstrap}: tokens, epochs, 1/10000, devices. */
public record Bootstrap(
    BigInteger initial,
    long start,
    long end,
    int maxCellBps,
    long maxAdmissions,
    BigInteger deviceStake) {
  public static final Bootstrap NONE = new Bootstrap(BigInteger.ZERO, 0, 0, 0, 0, BigInteger.ZERO);
}

package org.groundwork.networks.storage.wire;

import java.math.BigInteger;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Rounding;

/** What bytes cost at a price per GiB; rounded up, the same on both sides. */
public final class Prices {
  private static final BigInteger GIB = BigInteger.ONE.shiftLeft(30);

  private Prices() {}

  public static Credits of(long bytes, Credits perGiB) {
    return new Credits(
        Rounding.divideCeil(perGiB.value().multiply(BigInteger.valueOf(bytes)), GIB));
  }

  public static Credits times(Credits rate, long slots) {
    return new Credits(rate.value().multiply(BigInteger.valueOf(slots)));
  }
}

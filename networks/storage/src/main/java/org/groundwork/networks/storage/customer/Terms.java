package org.groundwork.networks.storage.customer;

import java.math.BigInteger;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Rounding;

/**
 * What a provider asks.
 *
 * @param storagePrice credits a GiB and slot
 * @param egressPrice credits a GiB
 * @param freeBytes room left
 */
record Terms(Credits storagePrice, Credits egressPrice, long freeBytes) {
  private static final BigInteger GIB = BigInteger.valueOf(1L << 30);

  /** Credits a slot for a piece of so many bytes; rounded up. */
  Credits rate(long bytes) {
    return price(storagePrice, bytes);
  }

  /** Credits for so many bytes of egress; rounded up. */
  Credits egress(long bytes) {
    return price(egressPrice, bytes);
  }

  private static Credits price(Credits perGib, long bytes) {
    return new Credits(
        Rounding.divideCeil(perGib.value().multiply(BigInteger.valueOf(bytes)), GIB));
  }
}

package org.groundwork.networks.storage.customer;

import java.math.BigInteger;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Rounding;

/**
 * What a provider asks.
 *
 * @param storagePrice credits a GiB and slot
 * @param egressPrice credits a GiB
 * @param freeBytes room left
 * @param isLeaving takes no new pieces, and wants to be emptied
 */
record Terms(Credits storagePrice, Credits egressPrice, long freeBytes, boolean isLeaving) {
  private static final BigInteger GIB = BigInteger.valueOf(1L << 30);

  /** The same room at the prices that the provider signed for. */
  Terms with(PriceTag tag) {
    return new Terms(tag.ratePerGiBSlot(), tag.egressPerGiB(), freeBytes, tag.isLeaving());
  }

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

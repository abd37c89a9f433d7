package org.groundwork.cli.local;

import org.groundwork.protocol.Credits;

/**
 * How a network on one machine is laid out.
 *
 * @param slotSeconds length of a slot
 * @param slotsPerEpoch slots of an epoch
 * @param commitSlots slots after an epoch's close for posting indexes
 * @param verifiers how many
 * @param providers of storage, how many; none for a deployment without the storage network
 * @param ratePerGibSlot credits that providers ask for a GiB and slot
 * @param egressPerGib credits that providers ask for a GiB read
 * @param capacityBytes room of each provider
 */
public record LocalSettings(
    long slotSeconds,
    long slotsPerEpoch,
    long commitSlots,
    int verifiers,
    int providers,
    Credits ratePerGibSlot,
    Credits egressPerGib,
    long capacityBytes) {
  private static final long MILLI = 1_000_000_000_000_000L;

  /** Slots of a second, epochs of ten: to watch. Prices are high, so that amounts can be read. */
  public static LocalSettings demo() {
    return new LocalSettings(
        1, 10, 5, 4, 6, Credits.of(100 * MILLI), Credits.of(1000 * MILLI), 4L << 30);
  }

  /** Slots of five seconds, epochs of a minute: to use. */
  public static LocalSettings up() {
    return new LocalSettings(5, 12, 2, 4, 6, Credits.of(MILLI), Credits.of(10 * MILLI), 64L << 30);
  }

  /** The same with another schedule and other parts. */
  public LocalSettings laidOut(
      long slotLength, long slots, long commit, int judges, int stores, long storeBytes) {
    return new LocalSettings(
        slotLength, slots, commit, judges, stores, ratePerGibSlot, egressPerGib, storeBytes);
  }

  /** The same without the storage network. */
  public LocalSettings withoutStorage() {
    return new LocalSettings(
        slotSeconds,
        slotsPerEpoch,
        commitSlots,
        verifiers,
        0,
        ratePerGibSlot,
        egressPerGib,
        capacityBytes);
  }
}

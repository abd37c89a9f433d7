package org.groundwork.protocol;

/**
 * How a deployment cuts time: whole Unix seconds into slots, slots into epochs.
 *
 * @param genesis Unix second at which slot 0 and epoch 0 open
 * @param slotSeconds length of a slot
 * @param slotsPerEpoch slots of an epoch
 * @param commitSlots slots after an epoch's close during which its indexes may be posted
 */
public record EpochSchedule(long genesis, long slotSeconds, long slotsPerEpoch, long commitSlots) {
  public EpochSchedule {
    if (genesis < 0 || slotSeconds < 1 || slotsPerEpoch < 1 || commitSlots < 1) {
      throw new IllegalArgumentException("not a schedule");
    }
  }

  /** The slot that holds an instant; the first one for instants before genesis. */
  public SlotNumber slotAt(long unixSeconds) {
    return new SlotNumber(Math.max(0, Math.floorDiv(unixSeconds - genesis, slotSeconds)));
  }

  public EpochNumber epochAt(long unixSeconds) {
    return epochOf(slotAt(unixSeconds));
  }

  /**
   * The epoch of a slot.
   *
   * @throws IllegalArgumentException if it is beyond the last epoch, see {@link EpochNumber}; ask
   *     {@link #isIn} of a slot that a peer named
   */
  public EpochNumber epochOf(SlotNumber slot) {
    return new EpochNumber(slot.value() / slotsPerEpoch);
  }

  /** Whether a slot, any that somebody may name, is one of an epoch. */
  public boolean isIn(EpochNumber epoch, SlotNumber slot) {
    return slot.value() / slotsPerEpoch == epoch.value();
  }

  /** The first slot of an epoch. */
  public SlotNumber firstSlot(EpochNumber epoch) {
    return new SlotNumber(epoch.value() * slotsPerEpoch);
  }

  public SlotNumber lastSlot(EpochNumber epoch) {
    return new SlotNumber((epoch.value() + 1) * slotsPerEpoch - 1);
  }

  public long slotStart(SlotNumber slot) {
    return genesis + slot.value() * slotSeconds;
  }

  /** The Unix second at which an epoch opens. */
  public long opening(EpochNumber epoch) {
    return slotStart(firstSlot(epoch));
  }

  /** The Unix second at which an epoch has closed: the opening of the next. */
  public long close(EpochNumber epoch) {
    return opening(epoch.next());
  }

  /** From this Unix second on no index of the epoch is accepted, and results are. */
  public long commitDeadline(EpochNumber epoch) {
    return close(epoch) + commitSlots * slotSeconds;
  }
}

package org.groundwork.protocol;

/** Slots since genesis, from 0. */
public record SlotNumber(long value) implements Comparable<SlotNumber> {
  public SlotNumber {
    if (value < 0) {
      throw new IllegalArgumentException("slot out of range: " + value);
    }
  }

  public SlotNumber plus(long slots) {
    return new SlotNumber(Math.addExact(value, slots));
  }

  @Override
  public int compareTo(SlotNumber other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

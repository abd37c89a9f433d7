package org.groundwork.protocol;

/** Where a report stands among those of its device: {@code epoch << 32 | counter}, unsigned. */
public record Sequence(long value) implements Comparable<Sequence> {
  public static Sequence of(EpochNumber epoch, long counter) {
    if (counter < 0 || counter > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("counter out of range: " + counter);
    }
    return new Sequence(epoch.value() << 32 | counter);
  }

  public EpochNumber epoch() {
    return new EpochNumber(value >>> 32);
  }

  public long counter() {
    return value & 0xFFFF_FFFFL;
  }

  @Override
  public int compareTo(Sequence other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return epoch() + "/" + counter();
  }
}

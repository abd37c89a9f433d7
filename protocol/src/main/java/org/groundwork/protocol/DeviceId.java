package org.groundwork.protocol;

/** A registered device: the number of its registry token, from 1. */
public record DeviceId(long value) implements Comparable<DeviceId> {
  public DeviceId {
    if (value < 1) {
      throw new IllegalArgumentException("devices are numbered from 1, not " + value);
    }
  }

  @Override
  public int compareTo(DeviceId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

package org.groundwork.protocol;

/** A resource network of a deployment; numbered from 1 by the network registry. */
public record NetworkId(int value) implements Comparable<NetworkId> {
  public NetworkId {
    if (value < 1) {
      throw new IllegalArgumentException("networks are numbered from 1, not " + value);
    }
  }

  @Override
  public int compareTo(NetworkId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}

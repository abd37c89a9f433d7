package org.groundwork.protocol;

/**
 * A resource network of a deployment, numbered from 1 by the network registry; or {@link #NONE}.
 */
public record NetworkId(int value) implements Comparable<NetworkId> {
  /** Number 0: what belongs to the deployment as a whole, such as {@link MoneyKind#DUTY}. */
  public static final NetworkId NONE = new NetworkId(0);

  public NetworkId {
    if (value < 0) {
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

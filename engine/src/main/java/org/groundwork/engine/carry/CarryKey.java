package org.groundwork.engine.carry;

import java.util.Comparator;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.GroupKey;

/** Names one entry of the carry. */
public record CarryKey(NetworkId network, CarrySpace space, Bytes key)
    implements Comparable<CarryKey> {
  /** The longest key, in bytes: two hashes, or a group's key. */
  public static final int MAX_SIZE = 64;

  private static final Comparator<CarryKey> ORDER =
      Comparator.comparing(CarryKey::network)
          .thenComparing(CarryKey::space)
          .thenComparing(CarryKey::key);

  public CarryKey {
    if (key.isEmpty() || key.size() > MAX_SIZE) {
      throw new IllegalArgumentException("a carry key of " + key.size() + " bytes");
    }
  }

  public static CarryKey activation(NetworkId network, DeviceId device) {
    return new CarryKey(network, CarrySpace.ACTIVATION, bytes(device));
  }

  public static CarryKey device(NetworkId network, DeviceId device) {
    return new CarryKey(network, CarrySpace.DEVICE, bytes(device));
  }

  public static CarryKey group(NetworkId network, GroupKey group) {
    return new CarryKey(network, CarrySpace.GROUP, group.bytes());
  }

  private static Bytes bytes(DeviceId device) {
    return new CanonicalWriter().u64(device.value()).toBytes();
  }

  @Override
  public int compareTo(CarryKey other) {
    return ORDER.compare(this, other);
  }
}

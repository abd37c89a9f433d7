package org.groundwork.engine.carry;

import java.util.Comparator;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
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

  public static CarryKey admitted(NetworkId network, DeviceId device) {
    return new CarryKey(network, CarrySpace.ADMITTED, bytes(device));
  }

  /** An award of bootstrap of an epoch's budget. */
  public static CarryKey award(NetworkId network, DeviceId device, EpochNumber epoch) {
    return new CarryKey(
        network,
        CarrySpace.AWARD,
        new CanonicalWriter().u64(device.value()).u64(epoch.value()).toBytes());
  }

  /** The verifiers' pool of a network. */
  public static CarryKey pool(NetworkId network) {
    return new CarryKey(network, CarrySpace.POOL, Bytes.of((byte) 0));
  }

  /** What an account earned of a kind of money. */
  public static CarryKey earned(NetworkId network, MoneyKind kind, AccountId account) {
    return new CarryKey(
        network,
        CarrySpace.EARNED,
        new CanonicalWriter().u8(kind.number()).account(account).toBytes());
  }

  public static CarryKey slashed(NetworkId network, Hash subject) {
    return new CarryKey(network, CarrySpace.SLASHED, subject.bytes());
  }

  /** What vouchers of an account's session key have charged. */
  public static CarryKey sessionKey(NetworkId network, AccountId account, AccountId key) {
    return new CarryKey(
        network,
        CarrySpace.SESSION_KEY,
        new CanonicalWriter().account(account).account(key).toBytes());
  }

  private static Bytes bytes(DeviceId device) {
    return new CanonicalWriter().u64(device.value()).toBytes();
  }

  @Override
  public int compareTo(CarryKey other) {
    return ORDER.compare(this, other);
  }
}

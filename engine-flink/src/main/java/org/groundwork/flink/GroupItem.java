package org.groundwork.flink;

import java.util.Arrays;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.steps.PlacedClaim;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.groundwork.rules.GroupKey;

/**
 * What the second phase reads, as bytes: the group, then what follows is (u8: 0 for what is kept
 * about it, 1 for a claim), then its content. A group is its network (u32) and its key with each
 * byte 0 followed by a byte 255, ended by two bytes 0: so that in unsigned order groups come
 * ascending, what is kept before the claims, and claims as they are looked at.
 */
final class GroupItem {
  private static final int KEPT = 0;
  private static final int CLAIM = 1;
  private static final int NETWORK = 4;

  private GroupItem() {}

  static byte[] kept(CarryKey key, Bytes kept) {
    return item(group(key.network(), new GroupKey(key.key())), KEPT, kept);
  }

  static byte[] claim(PlacedClaim placed) {
    return item(group(placed.network(), placed.claim().group()), CLAIM, placed.value());
  }

  /** A group so that its bytes, and whatever follows them, are in the order of groups. */
  static Bytes group(NetworkId network, GroupKey group) {
    CanonicalWriter out = new CanonicalWriter().u32(network.value());
    for (byte next : group.bytes().unsafeArray()) {
      out.u8(next & 0xFF);
      if (next == 0) {
        out.u8(255);
      }
    }
    return out.u8(0).u8(0).toBytes();
  }

  /** How many bytes of an item are its group. */
  static int groupSize(byte[] item) {
    int at = NETWORK;
    while (item[at] != 0 || item[at + 1] != 0) {
      at += item[at] == 0 ? 2 : 1;
    }
    return at + 2;
  }

  static boolean isClaim(byte[] item) {
    return item[groupSize(item)] == CLAIM;
  }

  static NetworkId network(byte[] item) {
    try {
      return new CanonicalReader(Bytes.wrap(Arrays.copyOf(item, NETWORK))).network();
    } catch (Malformed e) {
      throw new IllegalStateException("a group that this job wrote", e);
    }
  }

  static GroupKey groupKey(byte[] item) {
    CanonicalWriter key = new CanonicalWriter();
    int end = groupSize(item) - 2;
    for (int at = NETWORK; at < end; at += item[at] == 0 ? 2 : 1) {
      key.u8(item[at] & 0xFF);
    }
    return new GroupKey(key.toBytes());
  }

  static Carry toKept(byte[] item) {
    return new Carry(content(item));
  }

  static PlacedClaim toClaim(byte[] item) {
    return PlacedClaim.decode(PlacedClaim.key(network(item), groupKey(item)), content(item));
  }

  private static Bytes content(byte[] item) {
    return Bytes.wrap(Arrays.copyOfRange(item, groupSize(item) + 1, item.length));
  }

  private static byte[] item(Bytes group, int kind, Bytes content) {
    return new CanonicalWriter().raw(group).u8(kind).raw(content).toBytes().unsafeArray();
  }
}

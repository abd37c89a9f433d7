package org.groundwork.engine.steps;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Sequence;
import org.groundwork.rules.Claim;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.RecordRef;

/**
 * A claim with the place of the record that it is of, so that a later verdict finds it.
 *
 * <p>As bytes it is a key, network (u32) and group, and a value, device (u64), sequence (u64),
 * report hash (32), segment's rank (u32), number in the segment (u32), fact. Compared as unsigned
 * bytes, by key and then by value, claims come in the order in which groups are reconciled.
 *
 * @param segment rank of the origin's segment; {@link #NOWHERE} if the origin is no accepted record
 * @param record the origin's number in the segment
 */
public record PlacedClaim(NetworkId network, Claim claim, int segment, int record) {
  /** The segment of an origin that is no accepted record of the device, such as silence. */
  public static final int NOWHERE = Integer.MAX_VALUE;

  public boolean isPlaced() {
    return segment != NOWHERE;
  }

  /** Of the group that it is about. */
  public static Bytes key(NetworkId network, GroupKey group) {
    return new CanonicalWriter().u32(network.value()).raw(group.bytes()).toBytes();
  }

  public Bytes key() {
    return key(network, claim.group());
  }

  public Bytes value() {
    RecordRef origin = claim.origin();
    return new CanonicalWriter()
        .u64(origin.device().value())
        .u64(origin.sequence().value())
        .hash(origin.report())
        .u32(segment)
        .u32(record)
        .raw(claim.fact())
        .toBytes();
  }

  /** The network that a key names. */
  public static NetworkId network(Bytes key) {
    try {
      return new CanonicalReader(key).network();
    } catch (Malformed e) {
      throw new IllegalStateException("a key that this run wrote", e);
    }
  }

  /** The group that a key names. */
  public static GroupKey group(Bytes key) {
    return new GroupKey(key.slice(4, key.size()));
  }

  /** Reads what {@link #key} and {@link #value} wrote in this run. */
  public static PlacedClaim decode(Bytes key, Bytes value) {
    return decode(network(key), group(key), value);
  }

  static PlacedClaim decode(NetworkId network, GroupKey group, Bytes value) {
    try {
      CanonicalReader in = new CanonicalReader(value);
      RecordRef origin = new RecordRef(new DeviceId(in.count()), new Sequence(in.u64()), in.hash());
      int segment = Math.toIntExact(in.u32());
      int record = Math.toIntExact(in.u32());
      Bytes fact = in.raw(in.remaining());
      return new PlacedClaim(network, new Claim(group, origin, fact), segment, record);
    } catch (Malformed e) {
      throw new IllegalStateException("a claim that this run wrote", e);
    }
  }
}

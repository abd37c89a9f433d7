package org.groundwork.networks.storage.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.storage.wire.Challenges;
import org.groundwork.networks.storage.wire.SumTree;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Challenge;

/**
 * The deals that a device must prove in one slot, in the order of their reports. Device and
 * verifier ask the same code what it is challenged for.
 */
public final class Holding {
  private static final byte[] TAG = "groundwork/holding/1\n".getBytes(StandardCharsets.US_ASCII);

  /** One leaf of a piece that must be proven. */
  public record LeafChallenge(HeldDeal deal, long leaf) {}

  private final List<HeldDeal> deals;
  private final SumTree leaves;

  private Holding(List<HeldDeal> deals) {
    this.deals = List.copyOf(deals);
    leaves = new SumTree();
    deals.forEach(deal -> leaves.add(deal.piece().leafCount()));
  }

  /** The part of a device's deals that one slot is about. */
  public static Holding at(SlotNumber slot, List<HeldDeal> deals) {
    return new Holding(deals.stream().filter(deal -> deal.covers(slot)).toList());
  }

  public List<HeldDeal> deals() {
    return deals;
  }

  public boolean isEmpty() {
    return deals.isEmpty();
  }

  /** Leaves that hold data, of all pieces; a piece counts once for each of its deals. */
  public long leafCount() {
    return leaves.total();
  }

  /** SHA-256 over a tag and the deals' ids, in order. */
  public Hash hash() {
    byte[][] parts = new byte[deals.size() + 1][];
    parts[0] = TAG;
    for (int i = 0; i < deals.size(); i++) {
      parts[i + 1] = deals.get(i).id().bytes().unsafeArray();
    }
    return Sha256.hash(parts);
  }

  /**
   * The leaves that a slot asks for, as PDPVerifier derives them, with the device's number in place
   * of the data set's.
   */
  public List<LeafChallenge> challenges(Seed seed, DeviceId device, int count) {
    if (isEmpty()) {
      return List.of();
    }
    Hash name = number(device);
    List<LeafChallenge> challenges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      SumTree.Position position = leaves.find(Challenges.leaf(seed.value(), name, i, leafCount()));
      challenges.add(new LeafChallenge(deals.get(position.ordinal()), position.leafIndex()));
    }
    return challenges;
  }

  /** What a slot asks for, as the seam has it: the holding's hash, then deal and leaf of each. */
  Challenge challenge(SlotNumber slot, List<LeafChallenge> challenges) {
    CanonicalWriter out = new CanonicalWriter().hash(hash()).u8(challenges.size());
    challenges.forEach(one -> out.hash(one.deal().id()).u64(one.leaf()));
    return new Challenge(slot, out.toBytes());
  }

  private static Hash number(DeviceId device) {
    byte[] word = new byte[Hash.SIZE];
    for (int i = 0; i < Long.BYTES; i++) {
      word[Hash.SIZE - 1 - i] = (byte) (device.value() >>> (Byte.SIZE * i));
    }
    return Hash.wrap(word);
  }
}

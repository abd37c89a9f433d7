package org.groundwork.engine.index;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;

/**
 * The protocol's clock: a segment's slot is the smallest for which more than a third of the stake
 * signed that slot or an earlier one. At least one honest verifier is then among the signers.
 */
public final class SegmentClock {
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final SigningDomain domain;
  private final EpochNumber epoch;
  private final Map<AccountId, BigInteger> stakes;
  private final BigInteger total;

  /**
   * A clock for one epoch.
   *
   * @param stakes of the verifiers at the epoch's opening
   */
  public SegmentClock(SigningDomain domain, EpochNumber epoch, Map<AccountId, BigInteger> stakes) {
    this.domain = domain;
    this.epoch = epoch;
    this.stakes = Map.copyOf(stakes);
    this.total = stakes.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * The slot of a segment. Signatures that are wrong or of unknown signers are ignored; of several
   * by one verifier the earliest counts.
   *
   * @return empty if not more than a third of the stake signed: the segment does not count
   */
  public Optional<SlotNumber> slotOf(
      AccountId gateway, Hash segment, Collection<SlotSignature> signatures) {
    Map<AccountId, SlotNumber> earliest = new HashMap<>();
    for (SlotSignature signed : signatures) {
      if (stakes.containsKey(signed.verifier())
          && signed.isGenuine(domain, epoch, gateway, segment)) {
        earliest.merge(signed.verifier(), signed.slot(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }
    TreeMap<SlotNumber, BigInteger> signedAt = new TreeMap<>();
    earliest.forEach((verifier, slot) ->
        signedAt.merge(slot, stakes.getOrDefault(verifier, BigInteger.ZERO), BigInteger::add));
    return firstQuorum(signedAt);
  }

  private Optional<SlotNumber> firstQuorum(SortedMap<SlotNumber, BigInteger> signedAt) {
    BigInteger signed = BigInteger.ZERO;
    for (Map.Entry<SlotNumber, BigInteger> slot : signedAt.entrySet()) {
      signed = signed.add(slot.getValue());
      if (signed.multiply(THREE).compareTo(total) > 0) {
        return Optional.of(slot.getKey());
      }
    }
    return Optional.empty();
  }
}

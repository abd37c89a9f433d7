package org.groundwork.node.chain;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.protocol.AccountId;

/**
 * The verifiers, or the gateways, of an epoch.
 *
 * @param members ascending by signer
 */
public record StakedSet(List<Operator> members) {
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  public StakedSet {
    members = members.stream().sorted(Comparator.comparing(Operator::signer)).toList();
  }

  public Optional<Operator> member(AccountId signer) {
    return members.stream().filter(member -> member.signer().equals(signer)).findFirst();
  }

  public boolean contains(AccountId signer) {
    return member(signer).isPresent();
  }

  public BigInteger total() {
    return stakeOf(members.stream().map(Operator::signer).toList());
  }

  /** The stake of those signers that are members, each counted once. */
  public BigInteger stakeOf(Collection<AccountId> signers) {
    TreeSet<AccountId> distinct = new TreeSet<>(signers);
    return members.stream()
        .filter(member -> distinct.contains(member.signer()))
        .map(Operator::stake)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Whether these signers hold strictly more than a third of the stake. */
  public boolean isMoreThanThird(Collection<AccountId> signers) {
    return stakeOf(signers).multiply(THREE).compareTo(total()) > 0;
  }

  /** Whether these signers hold strictly more than two thirds of the stake. */
  public boolean isMoreThanTwoThirds(Collection<AccountId> signers) {
    return stakeOf(signers).multiply(THREE).compareTo(total().multiply(TWO)) > 0;
  }

  public SortedMap<AccountId, BigInteger> stakes() {
    SortedMap<AccountId, BigInteger> stakes = new TreeMap<>();
    members.forEach(member -> stakes.put(member.signer(), member.stake()));
    return stakes;
  }
}

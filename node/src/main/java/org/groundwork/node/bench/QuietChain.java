package org.groundwork.node.bench;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultPlan;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;

/** A chain in its first epoch, without verifiers, on which nothing happens. */
record QuietChain(SigningDomain domain, EpochSchedule schedule) implements EpochChain {
  @Override
  public StakedSet verifiers(EpochNumber epoch) {
    return new StakedSet(List.of());
  }

  @Override
  public StakedSet gateways(EpochNumber epoch) {
    return new StakedSet(List.of());
  }

  @Override
  public EpochNumber nextEpoch() {
    return EpochNumber.FIRST;
  }

  @Override
  public int attempt() {
    return 0;
  }

  @Override
  public Optional<AcceptedResult> resultBefore(EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<AcceptedResult> result(EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<ResultPlan> plan(EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<List<PostedIndex>> inputs(EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) {
    return false;
  }

  @Override
  public void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures) {
    throw new IllegalStateException("nothing is posted here");
  }

  @Override
  public void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures) {
    throw new IllegalStateException("nothing is posted here");
  }

  @Override
  public List<SignedStatement> signatures(EpochNumber epoch) {
    return List.of();
  }

  @Override
  public boolean proveEquivocation(SignedStatement first, SignedStatement second) {
    throw new IllegalStateException("nothing is posted here");
  }

  @Override
  public long skippableAt(EpochNumber epoch) {
    return Long.MAX_VALUE;
  }

  @Override
  public Set<AccountId> present(EpochNumber epoch) {
    return Set.of();
  }

  @Override
  public void present(EpochNumber epoch, SortedMap<AccountId, Bytes> signatures) {
    throw new IllegalStateException("nothing is posted here");
  }

  @Override
  public void skip(EpochNumber epoch) {
    throw new IllegalStateException("nothing is posted here");
  }

  @Override
  public boolean isRollbackDue() {
    return false;
  }

  @Override
  public void rollBack() {
    throw new IllegalStateException("nothing is posted here");
  }

  @Override
  public Optional<EpochNumber> finalised() {
    return Optional.empty();
  }

  @Override
  public boolean isFinalityDue() {
    return false;
  }

  @Override
  public void finalise() {
    throw new IllegalStateException("nothing is posted here");
  }
}

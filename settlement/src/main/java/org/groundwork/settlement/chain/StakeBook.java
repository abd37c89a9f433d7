package org.groundwork.settlement.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;

/** The stakes of operators and devices, as events add up. */
final class StakeBook {
  private final Map<Integer, SortedMap<AccountId, Operator>> operators = new TreeMap<>();
  private final Map<Integer, SortedMap<AccountId, EpochNumber>> exits = new TreeMap<>();
  private final SortedMap<DeviceId, DeviceStake> devices = new TreeMap<>();

  StakeBook() {
    for (int role : List.of(ChainState.VERIFIER, ChainState.GATEWAY)) {
      operators.put(role, new TreeMap<>());
      exits.put(role, new TreeMap<>());
    }
  }

  List<Operator> operators(int role) {
    return set(role).values().stream().filter(operator -> !operator.stake().isZero()).toList();
  }

  SortedMap<AccountId, EpochNumber> exits(int role) {
    return exits.getOrDefault(role, new TreeMap<>());
  }

  SortedMap<DeviceId, DeviceStake> devices() {
    return devices;
  }

  private SortedMap<AccountId, Operator> set(int role) {
    return operators.getOrDefault(role, new TreeMap<>());
  }

  /** What is known of an operator, or a blank one. */
  private Operator known(int role, AccountId operator) {
    return set(role)
        .getOrDefault(
            operator,
            new Operator(operator, AccountId.ZERO, TokenAmount.ZERO, TokenAmount.ZERO, ""));
  }

  void stake(ChainEvent.StakeSet set) {
    Operator known = known(set.role(), set.operator());
    set(set.role())
        .put(
            set.operator(),
            new Operator(
                set.operator(), set.signer(), set.stake(), known.weight(), known.endpoint()));
  }

  void weight(ChainEvent.WeightSet set) {
    Operator known = known(set.role(), set.operator());
    set(set.role())
        .put(
            set.operator(),
            new Operator(
                set.operator(), known.signer(), known.stake(), set.weight(), known.endpoint()));
  }

  void endpoint(ChainEvent.OperatorEndpoint set) {
    Operator known = known(set.role(), set.operator());
    set(set.role())
        .put(
            set.operator(),
            new Operator(
                set.operator(), known.signer(), known.stake(), known.weight(), set.endpoint()));
  }

  void left(ChainEvent.OperatorLeft left) {
    Operator known = known(left.role(), left.operator());
    set(left.role())
        .put(
            left.operator(),
            new Operator(
                left.operator(),
                known.signer(),
                TokenAmount.ZERO,
                TokenAmount.ZERO,
                known.endpoint()));
    exits(left.role()).put(left.operator(), left.releaseEpoch());
  }

  /** The stake of a former member is in its exit, which this book does not count. */
  void slashed(ChainEvent.StakeSlashed slashed) {
    Operator known = known(slashed.role(), slashed.operator());
    if (!known.stake().isZero()) {
      stake(
          new ChainEvent.StakeSet(
              slashed.role(), slashed.operator(), known.signer(), slashed.left()));
    }
  }

  void withdrawn(ChainEvent.StakeWithdrawn withdrawn) {
    exits(withdrawn.role()).remove(withdrawn.operator());
  }

  void deviceStake(ChainEvent.DeviceStakeSet set) {
    if (set.stake().isZero()) {
      devices.remove(set.device());
    } else {
      devices.compute(
          set.device(),
          (_, known) ->
              new DeviceStake(set.stake(), known == null ? Optional.empty() : known.leaving()));
    }
  }

  void deviceLeaving(ChainEvent.DeviceStakeLeaving leaving) {
    devices.computeIfPresent(
        leaving.device(),
        (_, known) -> new DeviceStake(known.amount(), Optional.of(leaving.releaseEpoch())));
  }
}

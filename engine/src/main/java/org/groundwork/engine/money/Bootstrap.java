package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Device;

/**
 * Shares each network's bootstrap budget among admitted devices by verified capacity. Awards wait
 * in the carry until they vest; a slash of the device forfeits those that wait.
 */
final class Bootstrap {
  private final EpochPlan plan;
  private final Tokens tokens;
  private final TreeMap<CarryKey, Award> awards = new TreeMap<>();
  private final TreeMap<CarryKey, EpochNumber> admitted = new TreeMap<>();
  private final SortedMap<NetworkId, List<Candidate>> candidates = new TreeMap<>();

  /** A device that has capacity in this epoch. */
  private record Candidate(Device device, BigInteger capacity) {}

  Bootstrap(EpochPlan plan, CarrySnapshot carry, Tokens tokens) {
    this.plan = plan;
    this.tokens = tokens;
    carry.forEach((key, value) -> {
      if (key.space() == CarrySpace.AWARD) {
        awards.put(key, Award.decode(key, value));
      } else if (key.space() == CarrySpace.ADMITTED) {
        admitted.put(key, Award.decodeEpoch(value));
      }
    });
  }

  /** A device's capacity; devices in ascending order. */
  void add(Device device, BigInteger capacity) {
    if (capacity.signum() > 0) {
      candidates
          .computeIfAbsent(device.network(), _ -> new ArrayList<>())
          .add(new Candidate(device, capacity));
    }
  }

  void settle(Set<DeviceId> slashed) {
    forfeit(slashed);
    vest();
    TokenAmount budgets = TokenAmount.ZERO;
    for (PlannedNetwork network : plan.networks()) {
      budgets = budgets.plus(network.bootstrap().of(plan.epoch()));
    }
    for (PlannedNetwork network : plan.networks()) {
      List<Candidate> taking = admit(network, slashed);
      TokenAmount own = network.bootstrap().of(plan.epoch());
      EmissionSchedule emission = plan.economy().emission();
      award(network, taking, BootstrapShares.withinSchedule(own, budgets, emission, plan.epoch()));
    }
    admitted.keySet().removeIf(this::isOver);
  }

  private void forfeit(Set<DeviceId> slashed) {
    awards
        .values()
        .removeIf(award -> {
          boolean forfeited = slashed.contains(award.device());
          if (forfeited) {
            note(Cause.FORFEITED, award);
          }
          return forfeited;
        });
  }

  private void vest() {
    Iterator<Award> waiting = awards.values().iterator();
    while (waiting.hasNext()) {
      Award award = waiting.next();
      if (award.epoch().value() + plan.economy().vestingEpochs() <= plan.epoch().value()) {
        tokens.earn(
            new EconomyLine(
                Cause.VESTED,
                award.network(),
                award.owner(),
                Optional.of(award.device()),
                award.amount(),
                "epoch " + award.epoch()));
        waiting.remove();
      }
    }
  }

  /** Those that take part: with enough stake, not slashed, and admitted, now or before. */
  private List<Candidate> admit(PlannedNetwork network, Set<DeviceId> slashed) {
    List<Candidate> taking = new ArrayList<>();
    long admissions = 0;
    for (Candidate next : candidates.getOrDefault(network.id(), List.of())) {
      DeviceId id = next.device().id();
      if (slashed.contains(id) || !hasStake(id, network) || isOver(network)) {
        continue;
      }
      CarryKey key = CarryKey.admitted(network.id(), id);
      if (!admitted.containsKey(key) && admissions < network.bootstrap().maxAdmissions()) {
        admitted.put(key, plan.epoch());
        admissions++;
      }
      if (admitted.containsKey(key)) {
        taking.add(next);
      }
    }
    return taking;
  }

  private boolean hasStake(DeviceId device, PlannedNetwork network) {
    TokenAmount stake =
        plan.deviceStake(device)
            .filter(known -> !known.leaving())
            .map(DeviceStake::amount)
            .orElse(TokenAmount.ZERO);
    return stake.compareTo(network.bootstrap().deviceStake()) >= 0;
  }

  private boolean isOver(CarryKey key) {
    return plan.network(key.network()).filter(network -> !isOver(network)).isEmpty();
  }

  private boolean isOver(PlannedNetwork network) {
    return plan.epoch().compareTo(network.bootstrap().start()) < 0
        || plan.epoch().compareTo(network.bootstrap().end()) >= 0;
  }

  private void award(PlannedNetwork network, List<Candidate> taking, TokenAmount budget) {
    BigInteger all = BigInteger.ZERO;
    SortedMap<Long, BigInteger> cells = new TreeMap<>();
    for (Candidate next : taking) {
      all = all.add(next.capacity());
      cells.merge(next.device().cell(), next.capacity(), BigInteger::add);
    }
    for (Candidate next : taking) {
      BigInteger ofCell = cells.getOrDefault(next.device().cell(), BigInteger.ZERO);
      TokenAmount amount =
          BootstrapShares.share(
              budget, network.bootstrap().maxCell(), next.capacity(), ofCell, all);
      if (!amount.isZero()) {
        Award award =
            new Award(
                network.id(), next.device().id(), plan.epoch(), next.device().owner(), amount);
        awards.put(award.key(), award);
        note(Cause.AWARDED, award);
      }
    }
  }

  private void note(Cause cause, Award award) {
    tokens.note(
        cause,
        award.network(),
        award.owner(),
        award.device(),
        award.amount(),
        "epoch " + award.epoch());
  }

  SortedMap<CarryKey, Bytes> toCarry() {
    TreeMap<CarryKey, Bytes> carry = new TreeMap<>();
    awards.forEach((key, award) -> carry.put(key, award.encode()));
    for (Map.Entry<CarryKey, EpochNumber> entry : admitted.entrySet()) {
      carry.put(entry.getKey(), new CanonicalWriter().u64(entry.getValue().value()).toBytes());
    }
    return carry;
  }
}

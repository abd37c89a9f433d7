package org.groundwork.engine.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Score;

/**
 * The second phase. A group is reconciled if something was said about it in this epoch, or if its
 * network keeps carry about it.
 */
final class GroupPhase {
  /** The most claims about one group that are looked at; the surplus, in their order, is not. */
  static final int MAX_CLAIMS = 1 << 16;

  /** The most scores, and the most amendments, that rules may give for one group. */
  static final int MAX_OUTPUTS = 1 << 17;

  private final EpochPlan plan;
  private final CarrySnapshot carry;
  private final Map<NetworkId, Installed> networks;

  GroupPhase(EpochPlan plan, CarrySnapshot carry, Map<NetworkId, Installed> networks) {
    this.plan = plan;
    this.carry = carry;
    this.networks = networks;
  }

  /** One group with its sorted claims, of which {@code surplus} are too many. */
  record Group(CarryKey key, List<Claim> claims, List<Claim> surplus) {
    GroupKey groupKey() {
      return new GroupKey(key.key());
    }
  }

  /** A group and what rules said of it. */
  record Reconciled(Group group, GroupResult result) {}

  /** All groups, ascending by network and key. */
  List<Group> groups(List<JudgedDevice> devices) {
    SortedMap<CarryKey, List<Claim>> claims = new TreeMap<>();
    for (CarryKey key : carry.entries().keySet()) {
      if (key.space() == CarrySpace.GROUP && networks.containsKey(key.network())) {
        claims.put(key, new ArrayList<>());
      }
    }
    for (JudgedDevice judged : devices) {
      for (Claim claim : judged.claims()) {
        CarryKey key = CarryKey.group(judged.device().network(), claim.group());
        claims.computeIfAbsent(key, _ -> new ArrayList<>()).add(claim);
      }
    }
    List<Group> groups = new ArrayList<>(claims.size());
    claims.forEach((key, said) -> groups.add(group(key, said)));
    return groups;
  }

  private static Group group(CarryKey key, List<Claim> said) {
    said.sort(null);
    int looked = Math.min(said.size(), MAX_CLAIMS);
    return new Group(
        key, List.copyOf(said.subList(0, looked)), List.copyOf(said.subList(looked, said.size())));
  }

  Reconciled reconcile(Group group) {
    Installed network = networks.get(group.key().network());
    if (network == null) {
      throw new IllegalStateException("no network " + group.key().network());
    }
    GroupResult result;
    try {
      Carry kept = new Carry(carry.get(group.key()));
      result =
          network
              .rules()
              .reconcile(new GroupInput(network.facts(), group.groupKey(), group.claims(), kept));
    } catch (RuntimeException e) {
      throw new IllegalStateException("rules failed on group " + group.key(), e);
    }
    check(network, group, result);
    return new Reconciled(group, result);
  }

  private void check(Installed network, Group group, GroupResult result) {
    if (result.amendments().size() > MAX_OUTPUTS || result.scores().size() > MAX_OUTPUTS) {
      throw new IllegalStateException("too much said of group " + group.key());
    }
    Set<RecordRef> origins =
        result.amendments().isEmpty()
            ? Set.of()
            : group.claims().stream().map(Claim::origin).collect(Collectors.toSet());
    for (Amendment amendment : result.amendments()) {
      network.reasons().check(amendment.verdict().reason());
      if (!origins.contains(amendment.record())) {
        throw new IllegalStateException(
            "group %s amends %s, which says nothing about it"
                .formatted(group.key(), amendment.record()));
      }
    }
    for (Score score : result.scores()) {
      if (plan.device(score.device())
          .filter(device -> device.network().equals(group.key().network()))
          .isEmpty()) {
        throw new IllegalStateException(
            "group %s scores device %s of elsewhere".formatted(group.key(), score.device()));
      }
    }
  }
}

package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Limits;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Score;

/**
 * The second phase: reconciles one group. A group is reconciled if something was said about it in
 * this epoch, or if its network keeps carry about it. Pure, and safe for use by many threads.
 */
public final class GroupPhase {
  /** The most claims about one group that are looked at; the surplus, in their order, is not. */
  public static final int MAX_CLAIMS = Limits.MAX_CLAIMS;

  /** The most scores, and the most amendments, that rules may give for one group. */
  static final int MAX_OUTPUTS = Limits.MAX_GROUP_OUTPUTS;

  private final EpochPlan plan;
  private final Map<NetworkId, Installed> networks;

  GroupPhase(EpochPlan plan, Map<NetworkId, Installed> networks) {
    this.plan = plan;
    this.networks = networks;
  }

  /**
   * Reconciles a group.
   *
   * @param claims all that was said about it, ascending
   * @param kept what the carry has about it
   * @param lowerings takes verdicts on records whose claims do not count, in the order in which
   *     they are to be applied
   */
  public GroupOutcome reconcile(
      NetworkId networkId,
      GroupKey group,
      Iterator<PlacedClaim> claims,
      Carry kept,
      Consumer<Lowering> lowerings) {
    Installed network = networks.get(networkId);
    CarryKey key = CarryKey.group(networkId, group);
    if (network == null) {
      throw new IllegalStateException("no network " + networkId);
    }
    List<PlacedClaim> looked = new ArrayList<>();
    while (claims.hasNext() && looked.size() < MAX_CLAIMS) {
      looked.add(claims.next());
    }
    while (claims.hasNext()) {
      lower(claims.next(), CommonReason.GROUP_FULL.number(), "", lowerings);
    }
    GroupResult result;
    try {
      List<Claim> said = looked.stream().map(PlacedClaim::claim).toList();
      result = network.rules().reconcile(new GroupInput(network.facts(), group, said, kept));
    } catch (RuntimeException e) {
      throw new IllegalStateException("rules failed on group " + key, e);
    }
    check(key, result);
    amend(network, key, looked, result.amendments(), lowerings);
    return new GroupOutcome(networkId, group, result.carry(), result.scores());
  }

  private static void amend(
      Installed network,
      CarryKey key,
      List<PlacedClaim> looked,
      List<Amendment> amendments,
      Consumer<Lowering> lowerings) {
    if (amendments.isEmpty()) {
      return;
    }
    Map<RecordRef, PlacedClaim> origins = new HashMap<>();
    looked.forEach(placed -> origins.put(placed.claim().origin(), placed));
    for (Amendment amendment : amendments) {
      network.reasons().check(amendment.verdict().reason());
      PlacedClaim origin = origins.get(amendment.record());
      if (origin == null) {
        throw new IllegalStateException(
            "group %s amends %s, which says nothing about it".formatted(key, amendment.record()));
      }
      lower(
          origin, amendment.verdict().reason().number(), amendment.verdict().evidence(), lowerings);
    }
  }

  private static void lower(
      PlacedClaim origin, int reason, String evidence, Consumer<Lowering> lowerings) {
    if (origin.isPlaced()) {
      lowerings.accept(
          new Lowering(
              origin.claim().origin().device(),
              origin.network(),
              new RecordVerdict(origin.segment(), origin.record(), reason, evidence)));
    }
  }

  private void check(CarryKey key, GroupResult result) {
    if (result.amendments().size() > MAX_OUTPUTS || result.scores().size() > MAX_OUTPUTS) {
      throw new IllegalStateException("too much said of group " + key);
    }
    for (Score score : result.scores()) {
      if (plan.device(score.device())
          .filter(device -> device.network().equals(key.network()))
          .isEmpty()) {
        throw new IllegalStateException(
            "group %s scores device %s of elsewhere".formatted(key, score.device()));
      }
    }
  }
}

package org.groundwork.node.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.Economy;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.ResultPlan;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Device;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.deploy.Deployment;

/**
 * All that the chain says about an epoch, from its final blocks alone: the same for every verifier,
 * and for everybody who audits years later.
 */
public final class PlanReader {
  private final FreshReader chain;

  public PlanReader(FreshReader chain) {
    this.chain = chain;
  }

  /**
   * The plan of the result of an epoch, with the skipped epochs that it covers.
   *
   * @return empty as long as there is no final block at or after its commit deadline, no result or
   *     skip of the epoch before, or void results are still to be rolled back
   */
  public Optional<ResultPlan> plan(EpochNumber epoch) throws IOException {
    ChainState now = chain.state();
    Optional<Standing> standing = standing(epoch, now);
    if (standing.isEmpty()) {
      return Optional.empty();
    }
    EpochNumber first = now.coveredFrom(epoch);
    List<EpochPlan> plans = new ArrayList<>();
    for (EpochNumber next = first; next.compareTo(epoch) <= 0; next = next.next()) {
      boolean lost = !next.equals(epoch) && !now.skipped().contains(next);
      Optional<ResultDues> dues =
          next.equals(first)
              ? Optional.of(new ResultDues(first, epoch, signers(now.resultBefore(epoch))))
              : Optional.empty();
      Optional<EpochPlan> plan = lost ? Optional.empty() : plan(next, standing.get(), dues);
      if (plan.isEmpty()) {
        return Optional.empty();
      }
      plans.add(plan.get());
    }
    return Optional.of(new ResultPlan(plans));
  }

  /** What a result follows, and under which attempt. */
  private record Standing(Hash parent, int attempt) {}

  private static Optional<Standing> standing(EpochNumber epoch, ChainState now) {
    Optional<ChainEvent.ResultAccepted> own = now.result(epoch);
    if (own.isPresent()) {
      return own.map(accepted -> new Standing(accepted.parent(), accepted.attempt()));
    }
    if (now.voidedFrom().isPresent()) {
      return Optional.empty();
    }
    Hash parent =
        now.resultBefore(epoch).map(ChainEvent.ResultAccepted::resultHash).orElse(Hash.ZERO);
    return Optional.of(new Standing(parent, now.attempt()));
  }

  private Optional<EpochPlan> plan(EpochNumber epoch, Standing standing, Optional<ResultDues> dues)
      throws IOException {
    Deployment deployment = chain.deployment();
    EpochSchedule schedule = deployment.schedule();
    Optional<ChainBlock> close = chain.firstBlockAtOrAfter(schedule.close(epoch));
    Optional<ChainState> opening = opening(epoch);
    Optional<List<PostedIndex>> inputs = inputs(epoch);
    if (close.isEmpty() || opening.isEmpty() || inputs.isEmpty()) {
      return Optional.empty();
    }
    ChainState then = opening.get();
    ChainState closing = chain.stateAt(close.get());
    return Optional.of(
        new EpochPlan(
            deployment.domain(),
            epoch,
            standing.attempt(),
            schedule,
            standing.parent(),
            close.get().hash(),
            Inputs.of(inputs.get()),
            operators(then),
            then.devices().stream().map(PlanReader::device).toList(),
            then.networks().values().stream().map(n -> network(n, epoch)).toList(),
            closing.reservations().stream().map(PlanReader::reservation).toList(),
            slotBlocks(epoch),
            closing.priceHigh(),
            inputs.get(),
            economy(deployment),
            deviceStakes(then),
            sessionKeys(then, epoch),
            dues));
  }

  /** The indexes that count in an epoch; empty before its commit deadline is final. */
  public Optional<List<PostedIndex>> inputs(EpochNumber epoch) throws IOException {
    Optional<ChainBlock> deadline =
        chain.firstBlockAtOrAfter(chain.deployment().schedule().commitDeadline(epoch));
    return deadline.isEmpty()
        ? Optional.empty()
        : Optional.of(posted(epoch, chain.stateAt(deadline.get())));
  }

  /** The state at an epoch's opening, by which the contract counts stakes; empty before it. */
  public Optional<ChainState> opening(EpochNumber epoch) throws IOException {
    Optional<ChainBlock> block =
        chain.lastBlockAtOrBefore(chain.deployment().schedule().opening(epoch));
    return block.isEmpty() ? Optional.empty() : Optional.of(chain.stateAt(block.get()));
  }

  /** Who signed a result, with the weights at its epoch's opening. */
  private ParentSigners signers(Optional<ChainEvent.ResultAccepted> parent) throws IOException {
    Optional<ChainState> then = parent.isEmpty() ? Optional.empty() : opening(parent.get().epoch());
    if (parent.isEmpty() || then.isEmpty()) {
      return ParentSigners.NONE;
    }
    SortedMap<AccountId, BigInteger> weights = new TreeMap<>();
    BigInteger total = BigInteger.ZERO;
    for (org.groundwork.settlement.chain.Operator verifier :
        then.get().operators(ChainState.VERIFIER)) {
      BigInteger weight = verifier.weight().value();
      total = total.add(weight);
      if (weight.signum() > 0 && parent.get().signers().contains(verifier.signer())) {
        weights.put(verifier.operator(), weight);
      }
    }
    return new ParentSigners(weights, total);
  }

  private List<Hash> slotBlocks(EpochNumber epoch) throws IOException {
    EpochSchedule schedule = chain.deployment().schedule();
    List<Hash> blocks = new ArrayList<>();
    SlotNumber last = schedule.lastSlot(epoch);
    SlotNumber slot = schedule.firstSlot(epoch);
    for (; slot.compareTo(last) <= 0; slot = slot.plus(1)) {
      long start = schedule.slotStart(slot);
      blocks.add(
          chain
              .firstBlockAtOrAfter(start)
              .orElseThrow(() -> new IOException("no block at or after " + start))
              .hash());
    }
    return blocks;
  }

  private static List<PostedIndex> posted(EpochNumber epoch, ChainState state) {
    return state.indexes(epoch).stream()
        .map(committed -> new PostedIndex(committed.gateway(), committed.index()))
        .toList();
  }

  /** Members with their weights; those whose stake is on its way out, without. */
  private static List<PlannedOperator> operators(ChainState opening) {
    List<PlannedOperator> operators = new ArrayList<>();
    for (PlannedOperator.Role role : PlannedOperator.Role.values()) {
      for (org.groundwork.settlement.chain.Operator member : opening.operators(role.number())) {
        operators.add(
            new PlannedOperator(role, member.operator(), member.signer(), member.weight().value()));
      }
      for (AccountId leaving : opening.exits(role.number()).keySet()) {
        operators.add(new PlannedOperator(role, leaving, AccountId.ZERO, BigInteger.ZERO));
      }
    }
    return operators;
  }

  private static Economy economy(Deployment deployment) {
    var constants = deployment.economy();
    return new Economy(
        constants.margin(),
        constants.operations(),
        constants.emission(),
        constants.vestingEpochs());
  }

  private static List<DeviceStake> deviceStakes(ChainState opening) {
    List<DeviceStake> stakes = new ArrayList<>();
    opening
        .deviceStakes()
        .forEach((device, stake) ->
            stakes.add(new DeviceStake(device, stake.amount(), stake.leaving().isPresent())));
    return stakes;
  }

  /** The session keys of a state that count in an epoch. */
  public static List<SessionKey> sessionKeys(ChainState state, EpochNumber epoch) {
    return state.sessions().stream()
        .filter(session -> session.isAllowedIn(epoch))
        .map(session ->
            new SessionKey(session.account(), session.key(), session.network(), session.limit()))
        .toList();
  }

  /** A device as the rules see it. */
  public static Device device(RegisteredDevice registered) {
    return new Device(
        registered.id(),
        registered.network(),
        registered.owner(),
        Registry.key(registered),
        registered.cell(),
        registered.isBridged());
  }

  private static PlannedNetwork network(RegisteredNetwork network, EpochNumber epoch) {
    RegisteredNetwork.Rules rules = network.rulesAt(epoch);
    return new PlannedNetwork(
        network.id(),
        new Kind(network.kind()),
        rules.parameters(),
        rules.hash(),
        network.bootstrap());
  }

  /** A reservation as the rules see it. */
  public static Reservation reservation(ChainEvent.CreditsReserved reserved) {
    return new Reservation(
        reserved.id(),
        reserved.payer(),
        reserved.network(),
        reserved.seller(),
        reserved.credits(),
        reserved.basis(),
        reserved.lastEpoch());
  }
}

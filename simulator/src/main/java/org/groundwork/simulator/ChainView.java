package org.groundwork.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.engine.Economy;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.PlannedOperator.Role;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.ResultPlan;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;

/** The chain as one machine sees it: final blocks only, and not always at once. */
final class ChainView implements EpochChain {
  static final NetworkId NETWORK = new NetworkId(1);
  private static final BasisPoints MARGIN = new BasisPoints(1000);
  private static final BasisPoints OPERATORS = new BasisPoints(500);
  private static final Price PRICE = Price.of(200_000_000);

  private final World world;
  private final Machine machine;
  private final Dice dice;

  ChainView(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
    dice = new Dice(world.seed(), "view of " + machine.name());
  }

  private SimChain chain() {
    return world.chain();
  }

  private Contract state() {
    return chain().settledState();
  }

  private Setting setting() {
    return world.setting();
  }

  /** Sends a transaction; it may be lost, and so may the answer. */
  private void send(String what, Contract.Transaction transaction) throws IOException {
    int loss = world.faults().loss();
    if (dice.happens(loss)) {
      throw new IOException("the chain does not answer");
    }
    chain().send(new Named(what + " by " + machine, transaction));
    if (dice.happens(loss)) {
      throw new IOException("the chain's answer was lost");
    }
  }

  private record Named(String what, Contract.Transaction inner) implements Contract.Transaction {
    @Override
    public void apply(Contract contract, long now) throws IOException {
      inner.apply(contract, now);
    }
  }

  /** A transaction without a name of its own. */
  private interface Act extends Contract.Transaction {
    @Override
    default String what() {
      return "transaction";
    }
  }

  @Override
  public SigningDomain domain() {
    return setting().domain();
  }

  @Override
  public EpochSchedule schedule() {
    return setting().schedule();
  }

  @Override
  public StakedSet verifiers(EpochNumber epoch) throws IOException {
    requireOpened(epoch);
    return state().verifiers(epoch);
  }

  @Override
  public StakedSet gateways(EpochNumber epoch) throws IOException {
    requireOpened(epoch);
    return new StakedSet(setting().gateways());
  }

  private void requireOpened(EpochNumber epoch) throws IOException {
    if (chain().finalTimestamp() < schedule().opening(epoch)) {
      throw new IOException("The chain has no block after epoch " + epoch + " opened.");
    }
  }

  @Override
  public EpochNumber nextEpoch() {
    return state().nextEpoch();
  }

  @Override
  public int attempt() {
    return state().attempt();
  }

  @Override
  public Optional<AcceptedResult> resultBefore(EpochNumber epoch) {
    return state().resultBefore(epoch).map(Contract.Accepted::result);
  }

  @Override
  public Optional<AcceptedResult> result(EpochNumber epoch) {
    return state().result(epoch).map(Contract.Accepted::result);
  }

  @Override
  public Optional<ResultPlan> plan(EpochNumber epoch) {
    Contract state = state();
    Optional<Contract.Accepted> accepted = state.result(epoch);
    if (chain().firstAtOrAfter(schedule().commitDeadline(epoch)).isEmpty()
        || epoch.compareTo(state.nextEpoch()) > 0
        || (accepted.isEmpty() && state.isRollbackDue())) {
      return Optional.empty();
    }
    int attempt = accepted.map(each -> each.result().attempt()).orElse(state.attempt());
    List<EpochPlan> plans = new ArrayList<>();
    EpochNumber first = state.coveredFrom(epoch);
    for (EpochNumber next = first; next.compareTo(epoch) <= 0; next = next.next()) {
      Optional<ResultDues> dues =
          next.equals(first)
              ? Optional.of(new ResultDues(first, epoch, state.parentSigners(epoch)))
              : Optional.empty();
      plans.add(plan(state, next, attempt, state.parent(epoch), dues));
    }
    return Optional.of(new ResultPlan(plans));
  }

  private EpochPlan plan(
      Contract state, EpochNumber epoch, int attempt, Hash parent, Optional<ResultDues> dues) {
    List<PostedIndex> posted = state.posted(epoch);
    Bytes parameters = CounterNetwork.parameters(isOdd() ? 1 : 1000);
    return new EpochPlan(
        domain(),
        epoch,
        attempt,
        schedule(),
        parent,
        block(schedule().close(epoch)),
        Inputs.of(posted),
        operators(state, epoch),
        setting().devices(),
        List.of(
            new PlannedNetwork(
                NETWORK,
                CounterNetwork.KIND,
                parameters,
                CounterNetwork.rulesHash(parameters),
                BootstrapBudget.NONE)),
        setting().reservations(),
        slotBlocks(epoch),
        Optional.of(PRICE),
        posted,
        new Economy(MARGIN, OPERATORS, EmissionSchedule.NONE, 1),
        List.of(),
        List.of(),
        dues);
  }

  private boolean isOdd() {
    return world.canary(Canary.OTHER_RULES) && machine.name().equals("verifier-0");
  }

  private Hash block(long timestamp) {
    return chain().firstAtOrAfter(timestamp).map(Block::hash).orElse(Hash.ZERO);
  }

  private List<Hash> slotBlocks(EpochNumber epoch) {
    List<Hash> hashes = new ArrayList<>();
    SlotNumber last = schedule().lastSlot(epoch);
    for (SlotNumber slot = schedule().firstSlot(epoch);
        slot.compareTo(last) <= 0;
        slot = slot.plus(1)) {
      hashes.add(block(schedule().slotStart(slot)));
    }
    return hashes;
  }

  private List<PlannedOperator> operators(Contract state, EpochNumber epoch) {
    List<PlannedOperator> operators = new ArrayList<>();
    for (Operator each : state.verifiers(epoch).members()) {
      operators.add(new PlannedOperator(Role.VERIFIER, each.signer(), each.signer(), each.stake()));
    }
    for (Operator each : setting().gateways()) {
      operators.add(new PlannedOperator(Role.GATEWAY, each.signer(), each.signer(), each.stake()));
    }
    return operators;
  }

  @Override
  public Optional<List<PostedIndex>> inputs(EpochNumber epoch) {
    return chain().finalTimestamp() < schedule().commitDeadline(epoch)
        ? Optional.empty()
        : Optional.of(state().posted(epoch));
  }

  @Override
  public boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) {
    return state().posted(epoch).contains(new PostedIndex(gateway, index));
  }

  @Override
  public void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    // Somebody else's may be in a block that is not final.
    if (!chain().head().posted(epoch).contains(new PostedIndex(gateway, index))) {
      Act act = (contract, now) -> contract.commitIndex(now, epoch, gateway, index, signatures);
      send("index of " + epoch, act);
    } else {
      throw new IOException("The contract refuses: committed already");
    }
  }

  @Override
  public void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    if (chain().head().nextEpoch().equals(statement.epoch())
        && !world.canary(Canary.RESULTS_IGNORED)) {
      Act act = (contract, now) -> contract.submit(now, statement, signatures);
      send("result of " + statement.epoch(), act);
    }
  }

  @Override
  public List<SignedStatement> signatures(EpochNumber epoch) {
    return state().result(epoch).map(Contract.Accepted::signed).orElse(List.of());
  }

  @Override
  public boolean proveEquivocation(SignedStatement first, SignedStatement second)
      throws IOException {
    if (chain().head().slashed().contains(first.signer())) {
      return false;
    }
    Act act = (contract, now) -> contract.equivocation(now, first, second);
    send("equivocation of " + first.signer(), act);
    return true;
  }

  @Override
  public long skippableAt(EpochNumber epoch) {
    return state().skippableAt(epoch);
  }

  @Override
  public Set<AccountId> present(EpochNumber epoch) {
    return state().present(epoch);
  }

  @Override
  public void present(EpochNumber epoch, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    Act act = (contract, now) -> contract.present(now, epoch, signatures);
    send("presence in " + epoch, act);
  }

  @Override
  public void skip(EpochNumber epoch) throws IOException {
    if (chain().head().nextEpoch().equals(epoch)) {
      Act act = (contract, now) -> contract.skip(now, epoch);
      send("skip of " + epoch, act);
    }
  }

  @Override
  public boolean isRollbackDue() {
    return state().isRollbackDue();
  }

  @Override
  public void rollBack() throws IOException {
    if (chain().head().isRollbackDue()) {
      Act act = (contract, now) -> contract.rollBack();
      send("rollback", act);
    }
  }

  @Override
  public Optional<EpochNumber> finalised() {
    return state().finalised();
  }

  @Override
  public boolean isFinalityDue() {
    return state().ripe(world.agenda().millis() / 1000).isPresent();
  }

  @Override
  public void finalise() throws IOException {
    if (chain().head().ripe(world.agenda().millis() / 1000).isPresent()) {
      Act act = (contract, now) -> contract.finalise(now);
      send("finality", act);
    }
  }
}

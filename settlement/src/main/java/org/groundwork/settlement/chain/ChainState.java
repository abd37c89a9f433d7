package org.groundwork.settlement.chain;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;

/** What a deployment's events add up to. Built by {@link ChainReader}; not changed afterwards. */
public final class ChainState {
  public static final int VERIFIER = 1;
  public static final int GATEWAY = 2;

  private final int priceHistory;
  private final SortedMap<NetworkId, RegisteredNetwork> networks = new TreeMap<>();
  private final SortedMap<DeviceId, RegisteredDevice> devices = new TreeMap<>();
  private final SortedMap<ReservationId, ChainEvent.CreditsReserved> reservations = new TreeMap<>();
  private final Deque<ChainEvent.PriceCheckpointed> prices = new ArrayDeque<>();
  private final List<Session> sessions = new ArrayList<>();
  private final SortedMap<Long, Dispute> disputes = new TreeMap<>();
  private final SortedMap<BigInteger, ChainEvent.Proposed> proposals = new TreeMap<>();
  private final SortedMap<Long, Seizure> seizures = new TreeMap<>();
  private final List<ChainEvent.Claimed> claims = new ArrayList<>();
  private final StakeBook stakes = new StakeBook();
  private final ResultBook results = new ResultBook();
  private Optional<ChainEvent.CouncilElected> council = Optional.empty();
  private TokenAmount burned = TokenAmount.ZERO;
  private TokenAmount funded = TokenAmount.ZERO;

  ChainState(int priceHistory) {
    this.priceHistory = priceHistory;
  }

  public SortedMap<NetworkId, RegisteredNetwork> networks() {
    return Collections.unmodifiableSortedMap(networks);
  }

  public Collection<RegisteredDevice> devices() {
    return Collections.unmodifiableCollection(devices.values());
  }

  public Optional<RegisteredDevice> device(DeviceId id) {
    return Optional.ofNullable(devices.get(id));
  }

  /** The reservations that are not released, by id. */
  public Collection<ChainEvent.CreditsReserved> reservations() {
    return Collections.unmodifiableCollection(reservations.values());
  }

  public Optional<ChainEvent.CreditsReserved> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  /** The operators of a role that have stake, by account. */
  public List<Operator> operators(int role) {
    return stakes.operators(role);
  }

  /**
   * The operators of a role that left and did not withdraw yet, with the epoch whose final result
   * releases their stake; until then it can be slashed.
   */
  public SortedMap<AccountId, EpochNumber> exits(int role) {
    return Collections.unmodifiableSortedMap(stakes.exits(role));
  }

  /** The stakes of devices that are not withdrawn, also those that are leaving. */
  public SortedMap<DeviceId, DeviceStake> deviceStakes() {
    return Collections.unmodifiableSortedMap(stakes.devices());
  }

  /** All session keys that were ever authorised, in the chain's order. */
  public List<Session> sessions() {
    return List.copyOf(sessions);
  }

  /** The highest of the last valid price checkpoints; empty before the first. */
  public Optional<Price> priceHigh() {
    return prices.stream()
        .map(ChainEvent.PriceCheckpointed::high)
        .max(Comparator.comparing(Price::value));
  }

  /** The lowest of the last valid price checkpoints; empty before the first. */
  public Optional<Price> priceLow() {
    return prices.stream()
        .map(ChainEvent.PriceCheckpointed::low)
        .min(Comparator.comparing(Price::value));
  }

  /** The indexes posted for an epoch, in the chain's order. */
  public List<ChainEvent.IndexCommitted> indexes(EpochNumber epoch) {
    return results.indexes(epoch);
  }

  /** The accepted result of an epoch, unless it was rolled back; it may be void already. */
  public Optional<ChainEvent.ResultAccepted> result(EpochNumber epoch) {
    return results.result(epoch);
  }

  public Optional<ChainEvent.ResultAccepted> latestResult() {
    return results.latest();
  }

  /** The accepted result before an epoch, which a result of that epoch follows. */
  public Optional<ChainEvent.ResultAccepted> resultBefore(EpochNumber epoch) {
    return results.before(epoch);
  }

  /** The first epoch that a result of this epoch covers: itself, or a skipped one before it. */
  public EpochNumber coveredFrom(EpochNumber epoch) {
    return results.coveredFrom(epoch);
  }

  /** The accepted result that covers an epoch: its own, or the next one if it was skipped. */
  public Optional<ChainEvent.ResultAccepted> coveringResult(EpochNumber epoch) {
    return results.covering(epoch);
  }

  /** The last final result. */
  public Optional<ChainEvent.ResultAccepted> finalisedResult() {
    return results.finalised();
  }

  /** Epochs that were skipped. */
  public SortedSet<EpochNumber> skipped() {
    return Collections.unmodifiableSortedSet(results.skipped());
  }

  /** The signers who said that they were alive in an epoch without a result. */
  public SortedSet<AccountId> present(EpochNumber epoch) {
    return Collections.unmodifiableSortedSet(results.present(epoch));
  }

  /** Whether a dispute holds the result of an epoch. */
  public boolean isHeld(EpochNumber epoch) {
    return results.isHeld(epoch);
  }

  /** The first void result that is not rolled back yet. */
  public Optional<EpochNumber> voidedFrom() {
    return results.voidedFrom();
  }

  /** How often results were voided; part of what verifiers sign. */
  public int attempt() {
    return results.attempt();
  }

  /** The council that was elected last; its term may be over. */
  public Optional<ChainEvent.CouncilElected> council() {
    return council;
  }

  /** All disputes by number. */
  public SortedMap<Long, Dispute> disputes() {
    return Collections.unmodifiableSortedMap(disputes);
  }

  /** All proposals to the governor, by number. */
  public SortedMap<BigInteger, ChainEvent.Proposed> proposals() {
    return Collections.unmodifiableSortedMap(proposals);
  }

  /** All seizures by number. */
  public SortedMap<Long, Seizure> seizures() {
    return Collections.unmodifiableSortedMap(seizures);
  }

  /** Tokens minted for claims so far. */
  public TokenAmount funded() {
    return funded;
  }

  public List<ChainEvent.Claimed> claims() {
    return List.copyOf(claims);
  }

  /** All tokens burned for credits. */
  public TokenAmount burned() {
    return burned;
  }

  void apply(ChainEvent event) {
    switch (event) {
      case ChainEvent.NetworkCreated created ->
          networks.put(
              created.network(),
              new RegisteredNetwork(
                  created.network(),
                  created.kind(),
                  List.of(
                      new RegisteredNetwork.Rules(
                          EpochNumber.FIRST, created.rulesHash(), created.parameters())),
                  Optional.empty(),
                  created.bootstrap()));
      case ChainEvent.RulesProposed(NetworkId id, Hash hash, Bytes parameters) ->
          networks.computeIfPresent(
              id, (_, n) -> n.propose(new RegisteredNetwork.Proposal(hash, parameters, List.of())));
      case ChainEvent.RulesReady(NetworkId id, Hash hash, AccountId signer) ->
          networks.computeIfPresent(id, (_, n) -> n.ready(hash, signer));
      case ChainEvent.RulesActivated(NetworkId id, Hash hash, EpochNumber epoch) ->
          networks.computeIfPresent(id, (_, n) -> n.activate(epoch, hash));
      case ChainEvent.DeviceRegistered registered ->
          devices.put(
              registered.device(),
              new RegisteredDevice(
                  registered.device(),
                  registered.owner(),
                  registered.network(),
                  registered.keyType(),
                  registered.key(),
                  registered.cell(),
                  registered.endpoint()));
      case ChainEvent.DeviceMoved(DeviceId id, AccountId owner) ->
          devices.computeIfPresent(
              id,
              (_, d) ->
                  new RegisteredDevice(
                      id, owner, d.network(), d.keyType(), d.key(), d.cell(), d.endpoint()));
      case ChainEvent.DeviceKeyChanged changed ->
          devices.computeIfPresent(
              changed.device(),
              (id, d) ->
                  new RegisteredDevice(
                      id,
                      d.owner(),
                      d.network(),
                      changed.keyType(),
                      changed.key(),
                      d.cell(),
                      d.endpoint()));
      case ChainEvent.DeviceEndpointChanged(DeviceId id, String endpoint) ->
          devices.computeIfPresent(
              id,
              (_, d) ->
                  new RegisteredDevice(
                      id, d.owner(), d.network(), d.keyType(), d.key(), d.cell(), endpoint));
      case ChainEvent.CreditsBought bought -> burned = burned.plus(bought.tokens());
      case ChainEvent.CreditsReserved reserved -> reservations.put(reserved.id(), reserved);
      case ChainEvent.ReservationReleased(ReservationId id) -> reservations.remove(id);
      case ChainEvent.StakeSet set -> stakes.stake(set);
      case ChainEvent.WeightSet set -> stakes.weight(set);
      case ChainEvent.OperatorLeft left -> stakes.left(left);
      case ChainEvent.StakeSlashed slashed -> stakes.slashed(slashed);
      case ChainEvent.StakeWithdrawn withdrawn -> stakes.withdrawn(withdrawn);
      case ChainEvent.OperatorEndpoint set -> stakes.endpoint(set);
      case ChainEvent.DeviceStakeSet set -> stakes.deviceStake(set);
      case ChainEvent.DeviceStakeLeaving leaving -> stakes.deviceLeaving(leaving);
      case ChainEvent.SessionAuthorised(Session session) -> sessions.add(session);
      case ChainEvent.SessionRevoked revoked -> sessions.replaceAll(s -> revoke(s, revoked));
      case ChainEvent.PriceCheckpointed checkpoint -> {
        prices.addLast(checkpoint);
        if (prices.size() > priceHistory) {
          prices.removeFirst();
        }
      }
      case ChainEvent.IndexCommitted committed -> results.committed(committed);
      case ChainEvent.ResultAccepted accepted -> results.accepted(accepted);
      case ChainEvent.VerifierPresent verifier -> results.present(verifier);
      case ChainEvent.EpochSkipped(EpochNumber epoch) -> results.skipped(epoch);
      case ChainEvent.ResultHeld held -> results.held(held);
      case ChainEvent.ResultsVoided voided -> results.voided(voided);
      case ChainEvent.ResultRolledBack(EpochNumber epoch) -> results.rolledBack(epoch);
      case ChainEvent.ResultFinal(EpochNumber epoch, Hash _) -> results.finalised(epoch);
      case ChainEvent.CouncilElected elected -> council = Optional.of(elected);
      case ChainEvent.DisputeOpened(Dispute dispute) -> disputes.put(dispute.id(), dispute);
      case ChainEvent.CouncilVoted(long id, Dispute.Vote vote) ->
          disputes.computeIfPresent(id, (_, dispute) -> dispute.vote(vote));
      case ChainEvent.DisputeClosed(long id, boolean upheld) ->
          disputes.computeIfPresent(id, (_, dispute) -> dispute.close(upheld));
      case ChainEvent.Proposed proposed -> proposals.put(proposed.id(), proposed);
      case ChainEvent.Seized(Seizure seizure) -> seizures.put(seizure.id(), seizure);
      case ChainEvent.SeizureClosed(long id, boolean pardoned) ->
          seizures.computeIfPresent(id, (_, seizure) -> seizure.close(pardoned));
      case ChainEvent.Funded(TokenAmount total, TokenAmount _) -> funded = total;
      case ChainEvent.Claimed claimed -> claims.add(claimed);
    }
  }

  private static Session revoke(Session session, ChainEvent.SessionRevoked revoked) {
    boolean same =
        session.account().equals(revoked.account())
            && session.key().equals(revoked.key())
            && session.network().equals(revoked.network());
    return same
        ? new Session(
            session.account(),
            session.key(),
            session.network(),
            session.limit(),
            session.lastEpoch(),
            Optional.of(revoked.epoch()))
        : session;
  }
}

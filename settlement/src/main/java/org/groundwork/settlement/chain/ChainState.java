package org.groundwork.settlement.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;

/** What a deployment's events add up to. Built by {@link ChainReader}; not changed afterwards. */
public final class ChainState {
  public static final int VERIFIER = 1;
  public static final int GATEWAY = 2;

  private final int priceHistory;
  private final SortedMap<NetworkId, ChainEvent.NetworkCreated> networks = new TreeMap<>();
  private final SortedMap<DeviceId, RegisteredDevice> devices = new TreeMap<>();
  private final SortedMap<ReservationId, ChainEvent.CreditsReserved> reservations = new TreeMap<>();
  private final Map<Integer, SortedMap<AccountId, Operator>> operators = new TreeMap<>();
  private final Deque<ChainEvent.PriceCheckpointed> prices = new ArrayDeque<>();
  private final SortedMap<EpochNumber, List<ChainEvent.IndexCommitted>> indexes = new TreeMap<>();
  private final SortedMap<EpochNumber, ChainEvent.ResultAccepted> results = new TreeMap<>();
  private final List<ChainEvent.Claimed> claims = new ArrayList<>();
  private TokenAmount burned = TokenAmount.ZERO;

  ChainState(int priceHistory) {
    this.priceHistory = priceHistory;
    operators.put(VERIFIER, new TreeMap<>());
    operators.put(GATEWAY, new TreeMap<>());
  }

  public SortedMap<NetworkId, ChainEvent.NetworkCreated> networks() {
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
    return operators.getOrDefault(role, new TreeMap<>()).values().stream()
        .filter(operator -> !operator.stake().isZero())
        .toList();
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
    return List.copyOf(indexes.getOrDefault(epoch, List.of()));
  }

  public Optional<ChainEvent.ResultAccepted> result(EpochNumber epoch) {
    return Optional.ofNullable(results.get(epoch));
  }

  public Optional<ChainEvent.ResultAccepted> latestResult() {
    return results.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(results.get(results.lastKey()));
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
      case ChainEvent.NetworkCreated created -> networks.put(created.network(), created);
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
      case ChainEvent.StakeSet set -> stake(set);
      case ChainEvent.OperatorEndpoint(int role, AccountId operator, String endpoint) ->
          operators
              .getOrDefault(role, new TreeMap<>())
              .compute(
                  operator,
                  (id, known) ->
                      known == null
                          ? new Operator(id, AccountId.ZERO, TokenAmount.ZERO, endpoint)
                          : new Operator(id, known.signer(), known.stake(), endpoint));
      case ChainEvent.PriceCheckpointed checkpoint -> {
        prices.addLast(checkpoint);
        if (prices.size() > priceHistory) {
          prices.removeFirst();
        }
      }
      case ChainEvent.IndexCommitted committed ->
          indexes.computeIfAbsent(committed.epoch(), _ -> new ArrayList<>()).add(committed);
      case ChainEvent.ResultAccepted accepted -> results.put(accepted.epoch(), accepted);
      case ChainEvent.Claimed claimed -> claims.add(claimed);
    }
  }

  private void stake(ChainEvent.StakeSet set) {
    operators
        .getOrDefault(set.role(), new TreeMap<>())
        .compute(
            set.operator(),
            (id, known) ->
                new Operator(id, set.signer(), set.stake(), known == null ? "" : known.endpoint()));
  }
}

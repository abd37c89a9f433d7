package org.groundwork.engine;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.groundwork.engine.PlannedOperator.Role;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/**
 * Everything that the chain says about one epoch: with the segments and the carry before it, all
 * that a result depends on. Lists are sorted on construction, whatever order they come in, but for
 * {@code slotBlocks} and {@code posted}, whose order is the chain's.
 *
 * @param attempt the deployment's count of voidings
 * @param parent struct hash of the result before, zero for the first
 * @param closeBlock hash of the first final block at or after the epoch's close
 * @param inputs the contract's running hash over {@code posted}
 * @param operators at the epoch's opening
 * @param devices at the epoch's opening
 * @param networks at the epoch's opening
 * @param reservations at the close block, those that are not released
 * @param slotBlocks for each slot of the epoch, the hash of the first block at or after its start
 * @param priceHigh at the close block; empty as long as there was no price: nothing is charged then
 * @param posted indexes in their order on chain
 * @param deviceStakes at the epoch's opening
 * @param sessionKeys at the epoch's opening, those whose vouchers count in this epoch
 * @param dues in the first epoch that a result covers; empty in those after it
 */
public record EpochPlan(
    SigningDomain domain,
    EpochNumber epoch,
    int attempt,
    EpochSchedule schedule,
    Hash parent,
    Hash closeBlock,
    Hash inputs,
    List<PlannedOperator> operators,
    List<Device> devices,
    List<PlannedNetwork> networks,
    List<Reservation> reservations,
    List<Hash> slotBlocks,
    Optional<Price> priceHigh,
    List<PostedIndex> posted,
    Economy economy,
    List<DeviceStake> deviceStakes,
    List<SessionKey> sessionKeys,
    Optional<ResultDues> dues) {
  public EpochPlan {
    operators = sorted(operators, PlannedOperator::subject);
    devices = sorted(devices, Device::id);
    networks = sorted(networks, PlannedNetwork::id);
    reservations = sorted(reservations, Reservation::id);
    slotBlocks = List.copyOf(slotBlocks);
    posted = List.copyOf(posted);
    deviceStakes = sorted(deviceStakes, DeviceStake::device);
    sessionKeys = sorted(sessionKeys, EpochPlan::key);
    if (slotBlocks.size() != schedule.slotsPerEpoch()) {
      throw new IllegalArgumentException(
          slotBlocks.size() + " blocks for " + schedule.slotsPerEpoch() + " slots");
    }
    if (!Inputs.of(posted).equals(inputs)) {
      throw new IllegalArgumentException("the posted indexes are not those of " + inputs);
    }
    if (attempt < 0) {
      throw new IllegalArgumentException("attempt " + attempt);
    }
  }

  /** The weights of the verifiers by their signers, without those who have none. */
  public SortedMap<AccountId, BigInteger> verifierWeights() {
    SortedMap<AccountId, BigInteger> weights = new TreeMap<>();
    for (PlannedOperator operator : operators) {
      if (operator.role() == Role.VERIFIER && operator.weight().signum() > 0) {
        weights.put(operator.signer(), operator.weight());
      }
    }
    return Collections.unmodifiableSortedMap(weights);
  }

  /** The operator to whom a gateway's signer belongs. */
  public Optional<AccountId> gatewayOf(AccountId signer) {
    return operators.stream()
        .filter(known -> known.role() == Role.GATEWAY && known.signer().equals(signer))
        .map(PlannedOperator::operator)
        .findFirst();
  }

  /** Hash over the rules in force: Keccak-256 of (network, rules hash) as words, ascending. */
  public Hash rules() {
    CanonicalWriter words = new CanonicalWriter();
    for (PlannedNetwork network : networks) {
      words.u256(BigInteger.valueOf(network.id().value())).hash(network.rulesHash());
    }
    return Keccak256.hash(words.toBytes().unsafeArray());
  }

  /**
   * The seed of a slot of this epoch.
   *
   * @throws IllegalArgumentException for a slot of another epoch
   */
  public Seed seed(NetworkId network, SlotNumber slot) {
    if (!schedule.epochOf(slot).equals(epoch)) {
      throw new IllegalArgumentException("slot " + slot + " is not of epoch " + epoch);
    }
    int index = (int) (slot.value() - schedule.firstSlot(epoch).value());
    return Seed.of(domain.deployment(), network, slot, slotBlocks.get(index));
  }

  public Optional<Device> device(DeviceId id) {
    return find(devices, Device::id, id);
  }

  public Optional<PlannedNetwork> network(NetworkId id) {
    return find(networks, PlannedNetwork::id, id);
  }

  public Optional<Reservation> reservation(ReservationId id) {
    return find(reservations, Reservation::id, id);
  }

  public Optional<DeviceStake> deviceStake(DeviceId id) {
    return find(deviceStakes, DeviceStake::device, id);
  }

  /** A session key of an account in a network. */
  public Optional<SessionKey> sessionKey(NetworkId network, AccountId account, AccountId key) {
    return find(sessionKeys, EpochPlan::key, key(network, account, key));
  }

  private static Bytes key(SessionKey session) {
    return key(session.network(), session.account(), session.key());
  }

  private static Bytes key(NetworkId network, AccountId account, AccountId key) {
    return new CanonicalWriter().u32(network.value()).account(account).account(key).toBytes();
  }

  private static <T, K extends Comparable<K>> List<T> sorted(List<T> items, Function<T, K> key) {
    List<T> sorted = items.stream().sorted(Comparator.comparing(key)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (key.apply(sorted.get(i - 1)).equals(key.apply(sorted.get(i)))) {
        throw new IllegalArgumentException(key.apply(sorted.get(i)) + " stands there twice");
      }
    }
    return sorted;
  }

  private static <T, K extends Comparable<K>> Optional<T> find(
      List<T> sorted, Function<T, K> key, K wanted) {
    int low = 0;
    int high = sorted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key.apply(sorted.get(middle)).compareTo(wanted);
      if (order == 0) {
        return Optional.of(sorted.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}

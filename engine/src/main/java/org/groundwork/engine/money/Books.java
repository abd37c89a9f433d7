package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Reservation;

/**
 * The cumulative amounts: 32-byte numbers in the carry. What belongs to a reservation that the
 * chain no longer shows is dropped: nothing can be charged to it any more.
 */
final class Books {
  private final EpochPlan plan;
  private final TreeMap<CarryKey, BigInteger> amounts = new TreeMap<>();

  Books(EpochPlan plan, CarrySnapshot carry) {
    this.plan = plan;
    carry.forEach(this::open);
  }

  private void open(CarryKey key, Bytes value) {
    boolean kept =
        switch (key.space()) {
          case ACTIVATION, DEVICE, GROUP, ADMITTED, AWARD -> false;
          case PAID, EARNED, POOL, SLASHED -> true;
          case RESERVATION, DEAL, SESSION -> isReserved(key);
          case SESSION_KEY -> isInForce(key);
        };
    if (kept) {
      amounts.put(key, new BigInteger(1, value.unsafeArray()));
    }
  }

  private boolean isReserved(CarryKey key) {
    Hash id = new Hash(key.key().slice(0, Hash.SIZE));
    return plan.reservation(new ReservationId(id)).isPresent();
  }

  private boolean isInForce(CarryKey key) {
    AccountId account = new AccountId(key.key().slice(0, AccountId.SIZE));
    AccountId session = new AccountId(key.key().slice(AccountId.SIZE, 2 * AccountId.SIZE));
    return plan.sessionKey(key.network(), account, session).isPresent();
  }

  Credits chargedTo(Reservation reservation) {
    return new Credits(amount(key(reservation)));
  }

  /** What a deal or a session has charged to the reservation that it names. */
  Credits chargedFor(Demand demand) {
    return new Credits(amount(key(demand)));
  }

  /** What vouchers of the demand's session key have charged. */
  Credits chargedBySigner(Demand demand) {
    return new Credits(amount(signerKey(demand)));
  }

  void charge(Demand demand, Reservation reservation, Credits credits) {
    add(key(reservation), credits.value());
    add(key(demand), credits.value());
    if (demand.isOfSessionKey()) {
      add(signerKey(demand), credits.value());
    }
  }

  void pay(NetworkId network, AccountId account, TokenAmount tokens) {
    add(new CarryKey(network, CarrySpace.PAID, account.bytes()), tokens.value());
  }

  void earn(MoneyKind kind, NetworkId network, AccountId account, TokenAmount tokens) {
    add(CarryKey.earned(network, kind, account), tokens.value());
  }

  void slash(NetworkId network, Hash subject, TokenAmount tokens) {
    add(CarryKey.slashed(network, subject), tokens.value());
  }

  void addToPool(NetworkId network, TokenAmount tokens) {
    add(CarryKey.pool(network), tokens.value());
  }

  /** Empties the verifiers' pools. */
  SortedMap<NetworkId, TokenAmount> takePools() {
    SortedMap<NetworkId, TokenAmount> pools = new TreeMap<>();
    amounts.forEach((key, amount) -> {
      if (key.space() == CarrySpace.POOL) {
        pools.put(key.network(), new TokenAmount(amount));
      }
    });
    pools.keySet().forEach(network -> amounts.remove(CarryKey.pool(network)));
    return pools;
  }

  SortedMap<CarryKey, Bytes> toCarry() {
    TreeMap<CarryKey, Bytes> carry = new TreeMap<>();
    amounts.forEach((key, value) -> carry.put(key, new CanonicalWriter().u256(value).toBytes()));
    return carry;
  }

  /**
   * A leaf for each account and kind of tokens it ever got, one for each reservation, used or not,
   * and one for each stake, slashed or not: without one it could never leave.
   */
  List<MoneyLeaf> leaves() {
    List<MoneyLeaf> leaves = new ArrayList<>();
    amounts.forEach((key, amount) -> {
      if (key.space() == CarrySpace.PAID) {
        leaves.add(leaf(MoneyKind.PAYMENT, key, key.key(), amount));
      } else if (key.space() == CarrySpace.EARNED) {
        MoneyKind kind = MoneyKind.of(key.key().get(0));
        leaves.add(leaf(kind, key, key.key().slice(1, 1 + AccountId.SIZE), amount));
      }
    });
    for (Reservation reservation : plan.reservations()) {
      BigInteger charged = chargedTo(reservation).value();
      leaves.add(
          new MoneyLeaf(MoneyKind.CHARGE, reservation.network(), reservation.id().hash(), charged));
    }
    for (PlannedOperator operator : plan.operators()) {
      leaves.add(slashLeaf(NetworkId.NONE, operator.subject()));
    }
    for (DeviceStake stake : plan.deviceStakes()) {
      plan.device(stake.device())
          .map(device -> slashLeaf(device.network(), DeviceStake.subject(device.id())))
          .ifPresent(leaves::add);
    }
    leaves.sort(
        Comparator.comparing(MoneyLeaf::kind)
            .thenComparing(MoneyLeaf::network)
            .thenComparing(MoneyLeaf::subject));
    return leaves;
  }

  private static MoneyLeaf leaf(MoneyKind kind, CarryKey key, Bytes account, BigInteger amount) {
    return new MoneyLeaf(kind, key.network(), new AccountId(account).toSubject(), amount);
  }

  private MoneyLeaf slashLeaf(NetworkId network, Hash subject) {
    BigInteger slashed = amount(CarryKey.slashed(network, subject));
    return new MoneyLeaf(MoneyKind.SLASH, network, subject, slashed);
  }

  private BigInteger amount(CarryKey key) {
    return amounts.getOrDefault(key, BigInteger.ZERO);
  }

  private void add(CarryKey key, BigInteger amount) {
    if (amount.signum() > 0) {
      amounts.merge(key, amount, BigInteger::add);
    }
  }

  private static CarryKey signerKey(Demand demand) {
    return CarryKey.sessionKey(demand.network(), demand.payer(), demand.signer());
  }

  private static CarryKey key(Reservation reservation) {
    return new CarryKey(
        reservation.network(), CarrySpace.RESERVATION, reservation.id().hash().bytes());
  }

  private static CarryKey key(Demand demand) {
    CarrySpace space =
        switch (demand.kind()) {
          case DEAL, SCOPE -> CarrySpace.DEAL;
          case VOUCHER -> CarrySpace.SESSION;
        };
    Bytes key =
        new CanonicalWriter().hash(demand.reservation().hash()).hash(demand.account()).toBytes();
    return new CarryKey(demand.network(), space, key);
  }
}

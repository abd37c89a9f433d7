package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
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
    carry.entries().forEach(this::open);
  }

  private void open(CarryKey key, Bytes value) {
    boolean kept =
        switch (key.space()) {
          case ACTIVATION, DEVICE, GROUP -> false;
          case PAID -> true;
          case RESERVATION, DEAL, SESSION -> isReserved(key);
        };
    if (kept) {
      amounts.put(key, new BigInteger(1, value.unsafeArray()));
    }
  }

  private boolean isReserved(CarryKey key) {
    Hash id = new Hash(key.key().slice(0, Hash.SIZE));
    return plan.reservation(new ReservationId(id)).isPresent();
  }

  Credits chargedTo(Reservation reservation) {
    return new Credits(amount(key(reservation)));
  }

  /** What a deal or a session has charged to the reservation that it names. */
  Credits chargedFor(Demand demand) {
    return new Credits(amount(key(demand)));
  }

  void charge(Demand demand, Reservation reservation, Credits credits) {
    add(key(reservation), credits.value());
    add(key(demand), credits.value());
  }

  void pay(NetworkId network, AccountId account, TokenAmount tokens) {
    add(new CarryKey(network, CarrySpace.PAID, account.bytes()), tokens.value());
  }

  SortedMap<CarryKey, Bytes> toCarry() {
    TreeMap<CarryKey, Bytes> carry = new TreeMap<>();
    amounts.forEach((key, value) -> carry.put(key, new CanonicalWriter().u256(value).toBytes()));
    return carry;
  }

  /** A leaf for each account that was ever paid, and one for each reservation, used or not. */
  List<MoneyLeaf> leaves() {
    List<MoneyLeaf> leaves = new ArrayList<>();
    for (Map.Entry<CarryKey, BigInteger> paid : amounts.entrySet()) {
      CarryKey key = paid.getKey();
      if (key.space() == CarrySpace.PAID) {
        Hash subject = new AccountId(key.key()).toSubject();
        leaves.add(new MoneyLeaf(MoneyKind.PAYMENT, key.network(), subject, paid.getValue()));
      }
    }
    for (Reservation reservation : plan.reservations()) {
      BigInteger charged = chargedTo(reservation).value();
      leaves.add(
          new MoneyLeaf(MoneyKind.CHARGE, reservation.network(), reservation.id().hash(), charged));
    }
    leaves.sort(
        Comparator.comparing(MoneyLeaf::kind)
            .thenComparing(MoneyLeaf::network)
            .thenComparing(MoneyLeaf::subject));
    return leaves;
  }

  private BigInteger amount(CarryKey key) {
    return amounts.getOrDefault(key, BigInteger.ZERO);
  }

  private void add(CarryKey key, BigInteger amount) {
    if (amount.signum() > 0) {
      amounts.merge(key, amount, BigInteger::add);
    }
  }

  private static CarryKey key(Reservation reservation) {
    return new CarryKey(
        reservation.network(), CarrySpace.RESERVATION, reservation.id().hash().bytes());
  }

  private static CarryKey key(Demand demand) {
    CarrySpace space =
        switch (demand.kind()) {
          case DEAL -> CarrySpace.DEAL;
          case VOUCHER -> CarrySpace.SESSION;
        };
    Bytes key =
        new CanonicalWriter().hash(demand.reservation().hash()).hash(demand.account()).toBytes();
    return new CarryKey(demand.network(), space, key);
  }
}

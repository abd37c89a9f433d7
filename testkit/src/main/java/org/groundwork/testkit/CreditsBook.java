package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/** Credits, the tokens burned for them (basis), and reservations. */
final class CreditsBook {
  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(8);
  private static final String NAME = "Credits";

  /** An amount of credits and its basis. */
  record Amount(BigInteger credits, BigInteger basis) {
    static final Amount ZERO = new Amount(BigInteger.ZERO, BigInteger.ZERO);

    Amount plus(Amount other) {
      return new Amount(credits.add(other.credits), basis.add(other.basis));
    }

    Amount minus(Amount other) {
      return new Amount(credits.subtract(other.credits), basis.subtract(other.basis));
    }
  }

  record Reservation(
      AccountId payer,
      long network,
      long lastEpoch,
      boolean released,
      AccountId seller,
      Amount size) {
    Reservation released(boolean now) {
      return new Reservation(payer, network, lastEpoch, now, seller, size);
    }
  }

  private final Ledger ledger;
  private final Map<AccountId, Amount> free;
  private final Map<AccountId, Long> counts;
  private final Map<Hash, Reservation> reservations;
  private final Map<Long, Amount> reserved;
  private final Map<Long, Amount> charged;
  private Amount issued;

  CreditsBook(Ledger ledger) {
    this.ledger = ledger;
    free = new TreeMap<>();
    counts = new TreeMap<>();
    reservations = new LinkedHashMap<>();
    reserved = new TreeMap<>();
    charged = new TreeMap<>();
    issued = Amount.ZERO;
  }

  CreditsBook(Ledger ledger, CreditsBook from) {
    this.ledger = ledger;
    free = new TreeMap<>(from.free);
    counts = new TreeMap<>(from.counts);
    reservations = new LinkedHashMap<>(from.reservations);
    reserved = new TreeMap<>(from.reserved);
    charged = new TreeMap<>(from.charged);
    issued = from.issued;
  }

  void apply(Command.Credits command) {
    switch (command) {
      case Command.Credits.Buy c -> buy(ledger.sender, c.tokens(), c.minCredits());
      case Command.Credits.BuyFor c -> {
        Refusal.unless(!c.buyer().equals(AccountId.ZERO), "InvalidBuyer");
        buy(c.buyer(), c.tokens(), c.minCredits());
      }
      case Command.Credits.Reserve c -> reserve(c);
      case Command.Credits.Release c -> release(c);
      case Command.Credits.Settle _, Command.Credits.Unsettle _ -> throw new Refusal("NotResults");
    }
  }

  private void buy(AccountId buyer, BigInteger tokens, BigInteger minCredits) {
    BigInteger price = ledger.oracle.buyPrice();
    BigInteger credits = tokens.multiply(price).divide(PRICE_UNIT);
    Refusal.unless(credits.signum() > 0, "NothingBought");
    Refusal.unless(credits.compareTo(minCredits) >= 0, "TooFewCredits");
    ledger.token.burnFromSender(ledger.address(NAME), tokens);
    Amount bought = new Amount(credits, tokens);
    issued = issued.plus(bought);
    free.merge(buyer, bought, Amount::plus);
    ledger.emit("CreditsBought", buyer, tokens, credits, price, ledger.sender);
  }

  private void reserve(Command.Credits.Reserve c) {
    Refusal.unless(
        c.credits().signum() > 0 && !c.seller().equals(AccountId.ZERO), "InvalidReservation");
    Refusal.unless(ledger.networks.exists(c.network()), "UnknownNetwork");
    Refusal.unless(c.lastEpoch() >= ledger.clock.epochAt(ledger.now), "EpochOver");
    Amount balance = free(ledger.sender);
    Refusal.unless(c.credits().compareTo(balance.credits()) <= 0, "InsufficientCredits");

    Amount size =
        new Amount(c.credits(), balance.basis().multiply(c.credits()).divide(balance.credits()));
    free.put(ledger.sender, balance.minus(size));
    reserved.merge(c.network(), size, Amount::plus);
    long number = counts.merge(ledger.sender, 1L, Long::sum) - 1;
    Hash id = idOf(ledger.sender, number);
    reservations.put(
        id, new Reservation(ledger.sender, c.network(), c.lastEpoch(), false, c.seller(), size));
    ledger.emit(
        "CreditsReserved",
        id,
        ledger.sender,
        c.seller(),
        c.network(),
        size.credits(),
        size.basis(),
        c.lastEpoch());
  }

  private void release(Command.Credits.Release c) {
    Reservation item = reservations.get(c.id());
    if (item == null) {
      throw new Refusal("UnknownReservation");
    }
    Refusal.unless(!item.released(), "AlreadyReleased");
    Refusal.unless(ledger.results.isFinal(item.lastEpoch()), "NotSettledYet");
    ledger.results.requireLeaf(ResultsBook.CHARGE, item.network(), c.id(), c.charged(), c.proof());
    Refusal.unless(c.charged().compareTo(item.size().credits()) <= 0, "InvalidCharge");
    Amount spent =
        new Amount(
            c.charged(), item.size().basis().multiply(c.charged()).divide(item.size().credits()));
    Amount rest = item.size().minus(spent);
    take(item.network(), rest);
    reservations.put(c.id(), item.released(true));
    free.merge(item.payer(), rest, Amount::plus);
    ledger.emit(
        "ReservationReleased", c.id(), item.payer(), c.charged(), rest.credits(), rest.basis());
  }

  /** An accepted result charges what a network has reserved. */
  void settle(long network, BigInteger credits, BigInteger basis) {
    Refusal.unless(credits.signum() > 0 || basis.signum() == 0, "BasisWithoutCharge");
    Amount amount = new Amount(credits, basis);
    take(network, amount);
    charged.merge(network, amount, Amount::plus);
    ledger.emit("NetworkSettled", network, credits, basis);
  }

  /** A void result's charges are reserved again. */
  void unsettle(long network, BigInteger credits, BigInteger basis) {
    Amount amount = new Amount(credits, basis);
    reserved.merge(network, amount, Amount::plus);
    charged.put(network, charged.getOrDefault(network, Amount.ZERO).minus(amount));
    ledger.emit("NetworkUnsettled", network, credits, basis);
  }

  private void take(long network, Amount amount) {
    Amount left = reserved(network);
    boolean fits =
        amount.credits().compareTo(left.credits()) <= 0
            && amount.basis().compareTo(left.basis()) <= 0;
    Refusal.unless(fits, "ExceedsReserved");
    reserved.put(network, left.minus(amount));
  }

  Amount free(AccountId owner) {
    return free.getOrDefault(owner, Amount.ZERO);
  }

  /** Accounts with free credits. */
  List<AccountId> owners() {
    return free.keySet().stream().filter(owner -> free(owner).credits().signum() > 0).toList();
  }

  Amount reserved(long network) {
    return reserved.getOrDefault(network, Amount.ZERO);
  }

  Map<Hash, Reservation> reservations() {
    return reservations;
  }

  private Hash idOf(AccountId payer, long number) {
    Hash deployment = ledger.parameters.domain().deployment().hash();
    return new Words().add(deployment).add(payer).add(number).keccak();
  }

  void addViews(List<View> views) {
    Amount allFree = free.values().stream().reduce(Amount.ZERO, Amount::plus);
    views.add(
        View.of(
            NAME,
            "sums",
            List.of(),
            List.of(issued.credits(), issued.basis(), allFree.credits(), allFree.basis())));
    free.forEach((owner, amount) ->
        views.add(View.of(NAME, "account", List.of(owner), amount.credits(), amount.basis())));
    counts.forEach(
        (payer, count) -> views.add(View.of(NAME, "reservationCount", List.of(payer), count)));
    for (long network = 1; network <= ledger.networks.count(); network++) {
      Amount waiting = reserved(network);
      Amount taken = charged.getOrDefault(network, Amount.ZERO);
      views.add(
          View.of(
              NAME,
              "networkSums",
              List.of(network),
              List.of(waiting.credits(), waiting.basis(), taken.credits(), taken.basis())));
    }
    reservations.forEach((id, item) ->
        views.add(
            View.of(
                NAME,
                "reservation",
                List.of(id),
                List.of(
                    item.payer(),
                    item.network(),
                    item.lastEpoch(),
                    item.released(),
                    item.seller(),
                    item.size().credits(),
                    item.size().basis()))));
  }
}

package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/** What was minted within the window, and who was paid. */
final class ClaimsBook {
  private static final int MAX_BATCH = 64;
  private static final String NAME = "Claims";

  private record Account(int kind, AccountId owner, long network) {}

  private record Line(int kind, long network) {}

  private record Paid(BigInteger amount, boolean due) {}

  private final Ledger ledger;
  private final Map<Account, BigInteger> claimed;
  private final Map<Line, BigInteger> claimedTotals;
  private BigInteger funded;
  private BigInteger used;
  private long usedAt;

  ClaimsBook(Ledger ledger) {
    this.ledger = ledger;
    claimed = new HashMap<>();
    claimedTotals = new HashMap<>();
    funded = BigInteger.ZERO;
    used = BigInteger.ZERO;
  }

  ClaimsBook(Ledger ledger, ClaimsBook from) {
    this.ledger = ledger;
    claimed = new HashMap<>(from.claimed);
    claimedTotals = new HashMap<>(from.claimedTotals);
    funded = from.funded;
    used = from.used;
    usedAt = from.usedAt;
  }

  void apply(Command.Claims command) {
    switch (command) {
      case Command.Claims.Claim c ->
          pay(
              c.account(),
              List.of(
                  book(
                      c.kind(),
                      c.account(),
                      c.network(),
                      c.cumulative(),
                      c.proof(),
                      BigInteger.ZERO)));
      case Command.Claims.ClaimMany c -> claimMany(c);
      case Command.Claims.Fund _ -> fund();
    }
  }

  private void claimMany(Command.Claims.ClaimMany c) {
    int count = c.networks().size();
    boolean whole =
        c.kinds().size() == count && c.cumulatives().size() == count && c.proofs().size() == count;
    Refusal.unless(count > 0 && count <= MAX_BATCH && whole, "InvalidBatch");
    List<Paid> paid = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      paid.add(
          book(
              c.kinds().get(i),
              c.account(),
              c.networks().get(i),
              c.cumulatives().get(i),
              c.proofs().get(i),
              sum(paid)));
    }
    pay(c.account(), paid);
  }

  /** Books what is due, or what is funded of it beyond what is promised already. */
  private Paid book(
      int kind,
      AccountId owner,
      long network,
      BigInteger cumulative,
      List<Hash> proof,
      BigInteger promised) {
    Refusal.unless(ResultsBook.isMinted(kind), "NotPayable");
    Account account = new Account(kind, owner, network);
    BigInteger before = claimed.getOrDefault(account, BigInteger.ZERO);
    if (cumulative.compareTo(before) <= 0) {
      return new Paid(BigInteger.ZERO, false);
    }
    ledger.results.requireLeaf(kind, network, owner.toSubject(), cumulative, proof);
    BigInteger due = cumulative.subtract(before);
    Line line = new Line(kind, network);
    BigInteger total = claimedTotals.getOrDefault(line, BigInteger.ZERO);
    Refusal.unless(
        total.add(due).compareTo(ledger.results.authorised(kind, network)) <= 0,
        "ExceedsAuthorised");
    if (balance().subtract(promised).compareTo(due) < 0) {
      fund();
    }
    BigInteger amount = due.min(balance().subtract(promised));
    if (amount.signum() > 0) {
      claimed.put(account, before.add(amount));
      claimedTotals.put(line, total.add(amount));
      ledger.emit("Claimed", kind, owner, network, amount, before.add(amount));
    }
    return new Paid(amount, true);
  }

  private void pay(AccountId account, List<Paid> paid) {
    Refusal.unless(paid.stream().anyMatch(Paid::due), "NothingToClaim");
    BigInteger amount = sum(paid);
    Refusal.unless(amount.signum() > 0, "NotFunded");
    Refusal.unless(!account.equals(AccountId.ZERO), "ERC20InvalidReceiver");
    ledger.token.move(ledger.address(NAME), account, amount);
  }

  private static BigInteger sum(List<Paid> paid) {
    return paid.stream().map(Paid::amount).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private BigInteger balance() {
    return ledger.token.balance(ledger.address(NAME));
  }

  /** Mints what final results authorised, as far as the window has room. */
  private void fund() {
    BigInteger amount = ledger.results.finalMintable().subtract(funded).min(room());
    if (amount.signum() == 0) {
      return;
    }
    used = usedNow().add(amount);
    usedAt = ledger.now;
    funded = funded.add(amount);
    ledger.token.mint(ledger.address(NAME), amount);
    ledger.emit("Funded", amount, funded, used);
  }

  /** What counts of the window now, rounded up: it decays to 0 in a straight line. */
  private BigInteger usedNow() {
    long window = ledger.clock.seconds(ledger.parameters.windowSlots());
    long left = window - (ledger.now - usedAt);
    if (left <= 0) {
      return BigInteger.ZERO;
    }
    BigInteger[] parts =
        used.multiply(BigInteger.valueOf(left)).divideAndRemainder(BigInteger.valueOf(window));
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  private BigInteger room() {
    BigInteger cap =
        EmissionRules.share(
            ledger.operators.bonded(OperatorsBook.VERIFIER), ledger.parameters.windowBps());
    return cap.subtract(usedNow()).max(BigInteger.ZERO);
  }

  BigInteger claimed(int kind, AccountId owner, long network) {
    return claimed.getOrDefault(new Account(kind, owner, network), BigInteger.ZERO);
  }

  void addViews(List<View> views) {
    views.add(View.of(NAME, "fundedTotal", List.of(), funded));
    views.add(View.of(NAME, "windowRoom", List.of(), room()));
    claimed.forEach((account, amount) ->
        views.add(
            View.of(
                NAME,
                "claimed",
                List.of(account.kind(), account.owner(), account.network()),
                amount)));
    claimedTotals.forEach((line, amount) ->
        views.add(View.of(NAME, "claimedTotal", List.of(line.kind(), line.network()), amount)));
  }
}

package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.testkit.MoneyTrees.Line;

/** Writes results as verifiers might: honest, at the bounds, or beyond one of them. */
final class ResultWriter {
  private static final BigInteger N =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private final Ledger ledger;
  private final Random random;
  private final MoneyTrees trees;
  private final Map<Line, BigInteger> book;
  private final List<Result.Total> totals = new ArrayList<>();

  ResultWriter(Ledger ledger, Random random, MoneyTrees trees) {
    this.ledger = ledger;
    this.random = random;
    this.trees = trees;
    book =
        trees.book(
            ledger.results.stack().isEmpty()
                ? Hash.ZERO
                : ledger.results.stack().getLast().result().moneyRoot());
  }

  /** The next result, with totals that are all within the bounds. */
  Result honest() {
    long epoch = ledger.results.nextEpoch();
    Map<Long, BigInteger> charges = new TreeMap<>();
    Map<Long, BigInteger> basis = new TreeMap<>();
    ledger.credits.reservations().forEach((id, item) -> charge(id, item, charges, basis));
    Parameters.Settling settling = ledger.parameters.settling();
    int paid = 10_000 - settling.mBurnBps() - settling.mOpsBps();
    basis.forEach((network, amount) -> pay(1, network, part(EmissionRules.share(amount, paid))));
    charges.forEach((network, amount) -> totals.add(new Result.Total(2, network, amount)));
    basis.forEach((network, amount) -> totals.add(new Result.Total(3, network, amount)));
    for (long network = 1; network <= ledger.networks.count(); network++) {
      BigInteger all =
          ledger.results.authorised(3, network).add(basis.getOrDefault(network, BigInteger.ZERO));
      BigInteger most =
          EmissionRules.share(all, settling.mOpsBps())
              .subtract(ledger.results.authorised(4, network));
      pay(4, network, part(most));
    }
    bootstrap(epoch - settling.vestingEpochs());
    long first = ledger.results.coveredFrom();
    pay(6, 0, part(ledger.emission.operatorsBetween(first, epoch)));
    pay(7, 0, part(ledger.emission.treasuryBetween(first, epoch)));
    slash();
    return new Result(
        ledger.parameters.domain().deployment().hash(),
        epoch,
        ledger.results.attempt(),
        hash("close" + epoch),
        ledger.results.headHash(),
        ledger.results.coveredInputs(),
        hash("rules"),
        hash("carry" + random.nextInt(3)),
        trees.root(book),
        totals);
  }

  private void charge(
      Hash id,
      CreditsBook.Reservation item,
      Map<Long, BigInteger> charges,
      Map<Long, BigInteger> basis) {
    Line line = new Line(2, item.network(), id);
    BigInteger before = book.getOrDefault(line, BigInteger.ZERO);
    BigInteger size = item.size().credits();
    boolean open = !item.released() && random.nextInt(3) > 0;
    BigInteger after = open ? before.add(part(size.subtract(before).max(BigInteger.ZERO))) : before;
    book.put(line, after);
    if (after.compareTo(before) > 0) {
      BigInteger consumed =
          item.size()
              .basis()
              .multiply(after)
              .divide(size)
              .subtract(item.size().basis().multiply(before).divide(size));
      charges.merge(item.network(), after.subtract(before), BigInteger::add);
      basis.merge(item.network(), consumed, BigInteger::add);
    }
  }

  private void bootstrap(long vested) {
    if (vested < 0) {
      return;
    }
    BigInteger left = ledger.emission.bootstrapUpTo(vested);
    for (long network = 1; network <= ledger.networks.count(); network++) {
      left = left.subtract(ledger.results.authorised(5, network));
    }
    for (long network = 1; network <= ledger.networks.count(); network++) {
      BigInteger budget =
          ledger
              .networks
              .budgetUpTo(network, vested)
              .subtract(ledger.results.authorised(5, network));
      BigInteger amount = part(budget.min(left));
      left = left.subtract(amount);
      pay(5, network, amount);
    }
  }

  /** A total, and the leaves of those who get it; now and then leaves of more than the total. */
  private void pay(int kind, long network, BigInteger amount) {
    if (amount.signum() < 0) {
      throw new IllegalStateException("a bound below what is authorised: kind " + kind);
    }
    totals.add(new Result.Total(kind, network, amount));
    BigInteger first = part(amount);
    BigInteger rest = amount.subtract(first);
    if (random.nextInt(12) == 0) {
      rest = rest.add(BigInteger.ONE);
    }
    for (BigInteger share : List.of(first, rest)) {
      Hash subject = Cast.actor(2 + random.nextInt(4)).toSubject();
      book.merge(new Line(kind, network, subject), share, BigInteger::add);
    }
  }

  private void slash() {
    for (int role = 1; role <= 2; role++) {
      for (int i = 0; i < Cast.ACTORS; i++) {
        BigInteger stake = ledger.operators.slashable(role, Cast.actor(i));
        BigInteger more = random.nextInt(8) == 0 ? part(stake) : BigInteger.ZERO;
        book.merge(
            new Line(8, 0, OperatorsBook.subjectOf(role, Cast.actor(i))), more, BigInteger::add);
      }
    }
    ledger
        .devices
        .devices()
        .forEach((id, device) -> {
          BigInteger stake = ledger.devices.stakeOf(id).amount();
          BigInteger more = random.nextInt(6) == 0 ? part(stake) : BigInteger.ZERO;
          book.merge(
              new Line(8, device.network(), DevicesBook.subjectOf(id)), more, BigInteger::add);
        });
  }

  /** One thing wrong with it. */
  Result spoiled(Result r) {
    Hash other = hash("other" + random.nextInt(4));
    return switch (random.nextInt(12)) {
      case 0 -> copy(r, other, r.epoch(), r.attempt(), r.parent(), r.inputs(), r.totals());
      case 1 ->
          copy(
              r,
              r.deployment(),
              Math.max(0, r.epoch() + (random.nextBoolean() ? 1 : -1)),
              r.attempt(),
              r.parent(),
              r.inputs(),
              r.totals());
      case 2 ->
          copy(r, r.deployment(), r.epoch(), r.attempt() + 1, r.parent(), r.inputs(), r.totals());
      case 3 -> copy(r, r.deployment(), r.epoch(), r.attempt(), other, r.inputs(), r.totals());
      case 4 -> copy(r, r.deployment(), r.epoch(), r.attempt(), r.parent(), other, r.totals());
      default ->
          copy(
              r,
              r.deployment(),
              r.epoch(),
              r.attempt(),
              r.parent(),
              r.inputs(),
              spoiled(r.totals()));
    };
  }

  private List<Result.Total> spoiled(List<Result.Total> honest) {
    List<Result.Total> list = new ArrayList<>(honest);
    if (list.isEmpty() || random.nextInt(4) == 0) {
      int kind = random.nextInt(10);
      list.add(random.nextInt(list.size() + 1), new Result.Total(kind, random.nextInt(3), huge()));
      return list;
    }
    int at = random.nextInt(list.size());
    Result.Total one = list.get(at);
    switch (random.nextInt(12)) {
      case 0 -> list.add(at, one);
      case 1 -> java.util.Collections.swap(list, at, random.nextInt(list.size()));
      case 2 -> list.set(at, new Result.Total(one.kind(), one.network() + 1, one.amount()));
      case 3 -> list.set(at, new Result.Total(one.kind(), one.network(), BigInteger.ZERO));
      case 4 -> list.set(at, new Result.Total(one.kind(), one.network(), huge()));
      default ->
          list.set(
              at,
              new Result.Total(
                  one.kind(), one.network(), boundOf(one, honest).add(BigInteger.ONE)));
    }
    return list;
  }

  /** The most that could stand in this total, all others as they are. */
  private BigInteger boundOf(Result.Total total, List<Result.Total> honest) {
    long first = ledger.results.coveredFrom();
    long epoch = ledger.results.nextEpoch();
    Parameters.Settling settling = ledger.parameters.settling();
    BigInteger basis =
        honest.stream()
            .filter(one -> one.kind() == 3 && one.network() == total.network())
            .map(Result.Total::amount)
            .findAny()
            .orElse(BigInteger.ZERO);
    return switch (total.kind()) {
      case 1 -> EmissionRules.share(basis, 10_000 - settling.mBurnBps() - settling.mOpsBps());
      case 2 -> ledger.credits.reserved(total.network()).credits();
      case 3 -> ledger.credits.reserved(total.network()).basis();
      case 4 ->
          EmissionRules.share(
                  ledger.results.authorised(3, total.network()).add(basis), settling.mOpsBps())
              .subtract(ledger.results.authorised(4, total.network()));
      case 5 -> bootstrapBound(total.network(), honest);
      case 6 -> ledger.emission.operatorsBetween(first, epoch);
      case 7 -> ledger.emission.treasuryBetween(first, epoch);
      default -> total.amount();
    };
  }

  private BigInteger bootstrapBound(long network, List<Result.Total> honest) {
    long vested = ledger.results.nextEpoch() - ledger.parameters.settling().vestingEpochs();
    BigInteger left = ledger.emission.bootstrapUpTo(vested);
    for (long other = 1; other <= ledger.networks.count(); other++) {
      left = left.subtract(ledger.results.authorised(5, other));
    }
    for (Result.Total one : honest) {
      if (one.kind() == 5 && one.network() != network) {
        left = left.subtract(one.amount());
      }
    }
    BigInteger budget =
        ledger.networks.budgetUpTo(network, vested).subtract(ledger.results.authorised(5, network));
    return budget.min(left);
  }

  private BigInteger huge() {
    return random.nextBoolean() ? HUGE : new BigInteger(random.nextInt(130), random);
  }

  private static Result copy(
      Result r,
      Hash deployment,
      long epoch,
      long attempt,
      Hash parent,
      Hash inputs,
      List<Result.Total> totals) {
    return new Result(
        deployment,
        epoch,
        attempt,
        r.closeBlock(),
        parent,
        inputs,
        r.rules(),
        r.carryRoot(),
        r.moneyRoot(),
        totals);
  }

  /** Signatures of signers in ascending order, most of the time all and right. */
  static List<Bytes> signatures(Ledger ledger, Random random, Hash structHash, long timestamp) {
    Hash digest = ledger.parameters.domain().digest(structHash);
    List<AccountKey> signers = new ArrayList<>();
    int missing = random.nextInt(8) == 0 ? 2 : 16;
    for (AccountKey key : Cast.SIGNER_KEYS) {
      boolean weighty =
          ledger.operators.weightAt(OperatorsBook.VERIFIER, key.account(), timestamp).signum() > 0;
      if ((weighty && random.nextInt(missing) > 0) || random.nextInt(150) == 0) {
        signers.add(key);
      }
    }
    signers.sort(java.util.Comparator.comparing(AccountKey::account));
    List<Bytes> list = new ArrayList<>();
    signers.forEach(key -> list.add(key.sign(digest)));
    if (!list.isEmpty() && random.nextInt(12) == 0) {
      int at = random.nextInt(list.size());
      switch (random.nextInt(3)) {
        case 0 -> java.util.Collections.reverse(list);
        case 1 -> list.add(at, list.get(at));
        default -> list.set(at, spoiled(random, list.get(at)));
      }
    }
    return list;
  }

  static Bytes spoiled(Random random, Bytes signature) {
    byte[] bytes = signature.toArray();
    switch (random.nextInt(5)) {
      case 0 -> {
        // The other signature of the same key over the same digest, with a high s.
        byte[] s = N.subtract(new BigInteger(1, bytes, 32, 32)).toByteArray();
        java.util.Arrays.fill(bytes, 32, 64, (byte) 0);
        int size = Math.min(32, s.length);
        System.arraycopy(s, s.length - size, bytes, 64 - size, size);
        bytes[64] = (byte) (55 - bytes[64]);
      }
      case 1 -> bytes[64] = (byte) (bytes[64] - 27);
      case 2 -> bytes[random.nextInt(64)] ^= 1;
      case 3 -> bytes = java.util.Arrays.copyOf(bytes, 64);
      default -> bytes = new byte[65];
    }
    return Bytes.wrap(bytes);
  }

  /** Nothing, all, or anything between. */
  BigInteger part(BigInteger whole) {
    return part(random, whole);
  }

  static BigInteger part(Random random, BigInteger whole) {
    return switch (random.nextInt(5)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> whole;
      default ->
          whole
              .multiply(BigInteger.valueOf(random.nextInt(10_001)))
              .divide(BigInteger.valueOf(10_000));
    };
  }

  static Hash hash(String text) {
    return Keccak256.hash(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}

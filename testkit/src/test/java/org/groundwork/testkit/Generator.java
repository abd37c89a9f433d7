package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.testkit.MoneyTrees.Line;

/**
 * Makes commands from seeds: each from a seed of its own and from where the ledger stands, so that
 * a list of seeds is a history, and stays one when seeds are taken out of it.
 */
final class Generator {
  private static final BigInteger TOKEN = BigInteger.TEN.pow(18);
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
  private static final Hash RULES = ResultWriter.hash("next rules");
  private static final List<Integer> PAYABLE = List.of(1, 4, 5, 6, 7);

  private record Choice(int weight, Supplier<Call> call) {}

  private final MoneyTrees trees = new MoneyTrees();
  private final List<Result> written = new ArrayList<>();

  // Of the command that is being made.
  private Random random = new Random(0);
  private Ledger ledger;
  private long time;

  Generator(Ledger start) {
    ledger = start;
  }

  /** What every history begins with: actors with tokens, nodes with stakes, two networks. */
  List<Call> prologue(AccountId holder, long now) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < Cast.ACTORS; i++) {
      AccountId actor = Cast.actor(i);
      BigInteger tokens = TOKEN.multiply(BigInteger.valueOf(1_000_000));
      calls.add(new Call(now, holder, new Command.Token.Transfer(actor, tokens)));
      for (String spender : List.of("Credits", "Operators", "Council", "DeviceStakes")) {
        BigInteger allowed = i == 9 ? tokens.shiftRight(2) : MAX;
        calls.add(
            new Call(now, actor, new Command.Token.Approve(ledger.address(spender), allowed)));
      }
    }
    for (int i = 0; i < 2; i++) {
      Bootstrap bootstrap =
          i == 0
              ? Bootstrap.NONE
              : new Bootstrap(TOKEN.multiply(BigInteger.valueOf(500)), 1, 20, 5_000, 3, TOKEN);
      calls.add(
          new Call(
              now,
              Cast.owner(),
              new Command.Networks.Create(
                  ResultWriter.hash("kind"), ResultWriter.hash("rules"), Bytes.EMPTY, bootstrap)));
    }
    Parameters.Stakes stakes = ledger.parameters.stakes();
    for (int i = 0; i < 4; i++) {
      calls.add(
          new Call(
              now,
              Cast.actor(i + 2),
              new Command.Operators.Join(
                  OperatorsBook.VERIFIER,
                  Cast.signer(i),
                  "http://v" + i,
                  stakes.minVerifierStake().multiply(BigInteger.valueOf(i + 1)))));
    }
    calls.add(
        new Call(
            now,
            Cast.actor(6),
            new Command.Operators.Join(
                OperatorsBook.GATEWAY,
                Cast.signer(6),
                "http://g",
                stakes.minGatewayStake().multiply(BigInteger.valueOf(100)))));
    time = now;
    for (int i = 0; i < 2; i++) {
      calls.add(by(Cast.actor(i + 2), register()));
    }
    calls.add(checkpoint());
    time = ledger.parameters.clock().genesis();
    for (int feed = 0; feed < 2; feed++) {
      calls.add(setFeed(feed, Cast.owner(), -1));
    }
    calls.add(checkpoint());
    for (int i = 2; i < 7; i++) {
      calls.add(
          by(
              Cast.actor(i),
              new Command.Credits.Buy(TOKEN.multiply(BigInteger.valueOf(1_000)), TOKEN)));
    }
    return calls;
  }

  Call next(long seed, Ledger from) {
    random = new Random(seed);
    time = time(from);
    ledger = from.at(time);
    List<Choice> choices = choices();
    int sum = choices.stream().mapToInt(Choice::weight).sum();
    int drawn = random.nextInt(sum);
    for (Choice choice : choices) {
      drawn -= choice.weight();
      if (drawn < 0) {
        return choice.call().get();
      }
    }
    throw new IllegalStateException("no choice");
  }

  /** Most often now or soon; otherwise just before, at or after a moment that matters. */
  private long time(Ledger from) {
    long now = from.now;
    boolean hurried =
        from.results.voidFrom().isPresent()
            || from.council.disputes().stream().anyMatch(d -> d.state() == CouncilBook.State.OPEN);
    int kind = random.nextInt(20);
    if (kind < (hurried ? 17 : 9)) {
      return now;
    }
    if (kind < 13) {
      return now + random.nextInt((int) from.clock.seconds(1) + 1);
    }
    List<Long> moments = new ArrayList<>();
    long current = from.clock.epochAt(now);
    long next = from.results.nextEpoch();
    moments.add(from.clock.openingOf(current + 1));
    moments.add(from.clock.closeOf(next));
    moments.add(from.clock.commitDeadlineOf(next));
    moments.add(from.clock.commitDeadlineOf(next));
    if (random.nextInt(3) == 0) {
      moments.add(from.clock.commitDeadlineOf(next + from.parameters.settling().skipEpochs()));
      from.council.disputes().forEach(dispute -> moments.add(dispute.deadline()));
      from.slashing.seizures().forEach(seizure -> moments.add(seizure.ripeAt()));
    }
    long window = from.clock.seconds(from.parameters.settling().disputeSlots());
    from.results.stack().stream()
        .skip(from.results.finals())
        .forEach(accepted -> moments.add(accepted.acceptedAt() + window));
    List<Long> ahead = moments.stream().filter(moment -> moment >= now).toList();
    long chosen = ahead.isEmpty() ? now : ahead.get(random.nextInt(ahead.size()));
    return Math.max(now, chosen + List.of(-1, 0, 0, 0, 1).get(random.nextInt(5)));
  }

  private List<Choice> choices() {
    boolean voided = ledger.results.voidFrom().isPresent();
    long next = ledger.results.nextEpoch();
    boolean due = time >= ledger.clock.commitDeadlineOf(next);
    List<ResultsBook.Accepted> disputable = disputable();
    List<CouncilBook.Dispute> open =
        ledger.council.disputes().stream()
            .filter(dispute -> dispute.state() == CouncilBook.State.OPEN)
            .toList();
    boolean votable = open.stream().anyMatch(dispute -> time <= dispute.deadline());
    boolean leaving =
        !leaving(OperatorsBook.VERIFIER).isEmpty() || !leaving(OperatorsBook.GATEWAY).isEmpty();
    boolean finalisable =
        ledger.results.finals() < ledger.results.stack().size()
            && !ledger.results.mayBeDisputed(ledger.results.stack().get(ledger.results.finals()));
    boolean seized =
        ledger.slashing.seizures().stream()
            .anyMatch(one -> one.state() == SlashingBook.State.PENDING);
    List<Choice> list = new ArrayList<>();
    boolean dormant = ledger.oracle.isDormant();
    add(list, dormant ? 25 : 6, this::checkpoint);
    add(list, dormant ? 25 : 4, this::setFeed);
    add(list, 5, this::tokens);
    add(list, 10, this::buy);
    add(list, 10, this::reserve);
    add(list, settled().isEmpty() ? 2 : 10, this::release);
    add(list, 5, this::join);
    add(list, 3, this::addStake);
    add(list, 3, this::leaveOrEndpoint);
    add(list, leaving ? 12 : 2, this::withdraw);
    add(list, 4, this::slashByResult);
    add(list, 3, this::restore);
    add(list, 4, this::stranger);
    add(list, ledger.networks.proposals().isEmpty() ? 5 : 12, this::networks);
    add(list, 5, this::commitIndex);
    add(list, due && !voided ? 30 : 4, this::submit);
    add(list, due ? 4 : 1, this::present);
    add(list, due ? 3 : 1, this::skip);
    add(list, finalisable ? 20 : 3, this::finalise);
    add(list, voided ? 40 : 1, this::rollback);
    add(list, 12, this::claim);
    add(list, 3, this::fund);
    // Voiding what covers skipped epochs is the rarest way back.
    boolean covering = disputable.stream().anyMatch(one -> one.first() < one.epoch());
    add(list, covering ? 60 : disputable.isEmpty() ? 1 : 20, this::dispute);
    add(list, votable ? 100 : 2, this::vote);
    add(list, votable ? 2 : open.isEmpty() ? 1 : 20, this::expire);
    add(list, isCouncilAble() ? 3 : 20, this::council);
    add(list, 10, this::slash);
    add(list, seized ? 8 : 1, this::closeSeizure);
    add(list, 10, this::devices);
    add(list, leavingDevices().isEmpty() ? 1 : 12, this::withdrawDevice);
    return list;
  }

  /** Results that a dispute may hold now. */
  private List<ResultsBook.Accepted> disputable() {
    return ledger.results.stack().stream()
        .skip(ledger.results.finals())
        .filter(ledger.results::mayBeDisputed)
        .filter(one -> ledger.council.disputeOf(one.hash()).isEmpty())
        .toList();
  }

  private boolean isCouncilAble() {
    List<AccountId> members = ledger.council.members();
    long able = members.stream().filter(ledger.council::isMember).count();
    return 2 * able > members.size();
  }

  private static void add(List<Choice> list, int weight, Supplier<Call> call) {
    list.add(new Choice(weight, call));
  }

  private Call by(AccountId sender, Command command) {
    return new Call(time, sender, command);
  }

  private AccountId actor() {
    return Cast.actor(random.nextInt(Cast.ACTORS));
  }

  private AccountId signer() {
    return Cast.signer(random.nextInt(Cast.SIGNERS));
  }

  private AccountId ownerMostly() {
    return random.nextInt(8) == 0 ? actor() : Cast.owner();
  }

  private BigInteger tokensUpTo(long most) {
    return switch (random.nextInt(20)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> MAX;
      case 2 -> new BigInteger(random.nextInt(257), random);
      case 3 -> BigInteger.valueOf(random.nextInt(3));
      default ->
          TOKEN
              .multiply(BigInteger.valueOf(1 + random.nextInt((int) most * 100)))
              .divide(BigInteger.valueOf(100))
              .add(BigInteger.valueOf(random.nextInt(1_000)));
    };
  }

  private <T> Optional<T> any(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
  }

  private Call checkpoint() {
    return by(actor(), new Command.Oracle.Checkpoint());
  }

  /** A price around two dollars in both feeds' decimals, now and then nonsense. */
  private Call setFeed() {
    return setFeed(random.nextInt(2), ownerMostly(), random.nextInt(24));
  }

  private Call setFeed(int feed, AccountId sender, int nonsense) {
    int decimals = ledger.parameters.prices().decimals().get(feed);
    BigInteger honest =
        BigInteger.valueOf(20_000 + random.nextInt(40))
            .multiply(BigInteger.TEN.pow(decimals))
            .divide(BigInteger.valueOf(10_000));
    BigInteger answer =
        switch (nonsense) {
          case 0 -> BigInteger.ZERO;
          case 1 -> honest.negate();
          case 2 -> BigInteger.ONE.shiftLeft(90 + random.nextInt(165));
          default -> honest;
        };
    long age = nonsense == 3 ? random.nextInt(400) - 20 : 0;
    return by(
        sender, new Command.Feed.SetAt(feed == 0 ? "TestFeedA" : "TestFeedB", answer, time - age));
  }

  private Call tokens() {
    AccountId to =
        switch (random.nextInt(12)) {
          case 0 -> AccountId.ZERO;
          case 1 -> ledger.address("Claims");
          default -> actor();
        };
    return switch (random.nextInt(8)) {
      case 0 -> by(actor(), new Command.Token.Mint(to, tokensUpTo(5)));
      case 1 -> by(actor(), new Command.Token.Burn(tokensUpTo(5)));
      case 2, 3 -> {
        String spender =
            List.of("Credits", "Operators", "Council", "DeviceStakes").get(random.nextInt(4));
        BigInteger value = random.nextInt(4) == 0 ? tokensUpTo(10) : MAX;
        yield by(actor(), new Command.Token.Approve(ledger.address(spender), value));
      }
      default -> by(actor(), new Command.Token.Transfer(to, tokensUpTo(10)));
    };
  }

  private Call buy() {
    BigInteger tokens = tokensUpTo(50);
    BigInteger least = random.nextInt(4) == 0 ? tokensUpTo(50) : BigInteger.ZERO;
    if (random.nextInt(4) > 0) {
      return by(actor(), new Command.Credits.Buy(tokens, least));
    }
    AccountId buyer = random.nextInt(8) == 0 ? AccountId.ZERO : actor();
    return by(actor(), new Command.Credits.BuyFor(buyer, tokens, least));
  }

  private long network() {
    return random.nextInt(12) == 0
        ? random.nextInt(5)
        : 1 + random.nextInt((int) Math.max(1, ledger.networks.count()));
  }

  private Call reserve() {
    List<AccountId> rich = ledger.credits.owners();
    AccountId payer = random.nextInt(6) == 0 ? actor() : any(rich).orElseGet(this::actor);
    BigInteger free = ledger.credits.free(payer).credits();
    BigInteger credits = random.nextInt(8) == 0 ? tokensUpTo(20) : ResultWriter.part(random, free);
    AccountId seller = random.nextInt(12) == 0 ? AccountId.ZERO : actor();
    long last = Math.max(0, ledger.clock.epochAt(time) + random.nextInt(5) - 1);
    return by(payer, new Command.Credits.Reserve(network(), seller, credits, last));
  }

  /** Reservations that are not released, and whose last epoch is final or nearly so. */
  private List<Hash> settled() {
    return ledger.credits.reservations().entrySet().stream()
        .filter(entry -> !entry.getValue().released())
        .filter(entry -> isNearlyFinal(entry.getValue().lastEpoch()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Call release() {
    Hash root = ledger.results.finalRoot();
    List<Hash> all = List.copyOf(ledger.credits.reservations().keySet());
    Hash any = random.nextInt(4) == 0 ? Hash.ZERO : any(all).orElse(Hash.ZERO);
    Hash id = random.nextInt(6) == 0 ? any : any(settled()).orElse(any);
    CreditsBook.Reservation item = ledger.credits.reservations().get(id);
    Line line = new Line(2, item == null ? 1 : item.network(), id);
    return by(actor(), new Command.Credits.Release(id, amountOf(root, line), proofOf(root, line)));
  }

  /** The leaf's amount, now and then another. */
  private BigInteger amountOf(Hash root, Line line) {
    BigInteger amount = trees.book(root).getOrDefault(line, BigInteger.ZERO);
    return random.nextInt(12) == 0 ? amount.add(BigInteger.ONE) : amount;
  }

  private List<Hash> proofOf(Hash root, Line line) {
    List<Hash> proof = new ArrayList<>(trees.proof(root, line));
    if (random.nextInt(16) == 0) {
      proof.add(RULES);
    }
    return proof;
  }

  private int role() {
    return random.nextInt(12) == 0 ? random.nextInt(4) : random.nextInt(4) == 0 ? 2 : 1;
  }

  private Call join() {
    int role = role();
    BigInteger minimum =
        role == 1
            ? ledger.parameters.stakes().minVerifierStake()
            : ledger.parameters.stakes().minGatewayStake();
    BigInteger amount =
        switch (random.nextInt(8)) {
          case 0 -> minimum.subtract(BigInteger.ONE);
          case 1 -> minimum;
          case 2 -> tokensUpTo(3_000);
          default -> minimum.multiply(BigInteger.valueOf(1 + random.nextInt(5)));
        };
    AccountId signer = random.nextInt(16) == 0 ? AccountId.ZERO : signer();
    String endpoint = random.nextInt(16) == 0 ? "x".repeat(256 + random.nextInt(2)) : "http://x";
    // Members of the council keep out of it, mostly.
    AccountId operator = random.nextInt(8) == 0 ? actor() : Cast.actor(2 + random.nextInt(5));
    return by(operator, new Command.Operators.Join(role, signer, endpoint, amount));
  }

  private AccountId memberMostly(int role) {
    boolean known = role == 1 || role == 2;
    List<AccountId> members =
        known ? List.copyOf(ledger.operators.members(role).keySet()) : List.of();
    return random.nextInt(5) == 0 ? actor() : any(members).orElseGet(this::actor);
  }

  private Call addStake() {
    int role = role();
    return by(memberMostly(role), new Command.Operators.AddStake(role, tokensUpTo(500)));
  }

  private Call leaveOrEndpoint() {
    int role = role();
    return random.nextInt(3) == 0
        ? by(
            memberMostly(role),
            new Command.Operators.SetEndpoint(role, "y".repeat(random.nextInt(258))))
        : by(memberMostly(role), new Command.Operators.Leave(role));
  }

  /** Whether it is final, or may be with the next result. */
  private boolean isNearlyFinal(long epoch) {
    return ledger.results.isFinal(Math.max(0, epoch - 1));
  }

  private List<AccountId> leaving(int role) {
    return ledger.operators.exits(role).entrySet().stream()
        .filter(entry -> isNearlyFinal(entry.getValue().releaseEpoch()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Call withdraw() {
    boolean gateways = !leaving(OperatorsBook.GATEWAY).isEmpty();
    boolean verifiers = !leaving(OperatorsBook.VERIFIER).isEmpty();
    int role = gateways == verifiers || random.nextInt(8) == 0 ? role() : gateways ? 2 : 1;
    List<AccountId> leaving = role == 1 || role == 2 ? leaving(role) : List.of();
    AccountId operator = random.nextInt(6) == 0 ? actor() : any(leaving).orElseGet(this::actor);
    Hash root = ledger.results.finalRoot();
    Line line = new Line(8, 0, OperatorsBook.subjectOf(role, operator));
    return by(
        operator, new Command.Operators.Withdraw(role, amountOf(root, line), proofOf(root, line)));
  }

  private Call slashByResult() {
    int role = role();
    AccountId operator = actor();
    Hash root = ledger.results.finalRoot();
    Line line = new Line(8, 0, OperatorsBook.subjectOf(role, operator));
    return by(
        actor(),
        new Command.Operators.SlashByResult(
            role, operator, amountOf(root, line), proofOf(root, line)));
  }

  private Call restore() {
    int role = role();
    List<AccountId> halved = new ArrayList<>();
    ledger
        .operators
        .members(1)
        .forEach((operator, member) -> {
          if (ledger.operators.weightAt(1, member.signer(), time).compareTo(member.stake()) < 0) {
            halved.add(operator);
          }
        });
    AccountId operator =
        random.nextInt(4) == 0 ? memberMostly(role) : any(halved).orElseGet(this::actor);
    return by(operator, new Command.Operators.Restore(role));
  }

  /** Calls that only contracts may make. */
  private Call stranger() {
    long epoch = Math.max(0, ledger.results.nextEpoch() - random.nextInt(2));
    Command command =
        switch (random.nextInt(7)) {
          case 0 -> new Command.Operators.Seize(role(), actor(), tokensUpTo(10));
          case 1 -> new Command.Operators.MarkPresent(epoch, signer());
          case 2 -> new Command.Operators.Decay(epoch);
          case 3 -> new Command.Credits.Settle(network(), TOKEN, TOKEN);
          case 4 -> new Command.Credits.Unsettle(network(), TOKEN, TOKEN);
          case 5 -> new Command.Results.Hold(epoch, random.nextBoolean());
          default -> new Command.Results.VoidFrom(epoch);
        };
    return by(actor(), command);
  }

  private Call networks() {
    List<Long> proposed = List.copyOf(ledger.networks.proposals().keySet());
    long id = any(proposed).orElseGet(this::network);
    NetworksBook.Proposal proposal = ledger.networks.proposals().get(id);
    Hash rules = proposal == null || random.nextInt(10) == 0 ? RULES : proposal.rulesHash();
    boolean early = proposed.isEmpty() && random.nextInt(4) > 0;
    return switch (random.nextInt(early ? 3 : 10)) {
      case 0 ->
          by(
              random.nextBoolean() ? Cast.founder() : ownerMostly(),
              new Command.Networks.Create(
                  random.nextInt(8) == 0 ? Hash.ZERO : RULES,
                  random.nextInt(8) == 0 ? Hash.ZERO : RULES,
                  Bytes.wrap(new byte[random.nextInt(10) == 0 ? 16 * 1024 + 1 : 7]),
                  bootstrap()));
      case 1, 2 ->
          by(
              ownerMostly(),
              new Command.Networks.ProposeRules(
                  network(),
                  random.nextInt(12) == 0
                      ? Hash.ZERO
                      : ResultWriter.hash("rules" + random.nextInt(3)),
                  Bytes.of((byte) random.nextInt(9))));
      case 3, 4, 5, 6 -> {
        List<AccountId> signers =
            ledger.operators.members(1).values().stream()
                .map(OperatorsBook.Member::signer)
                .filter(one -> proposal == null || !proposal.ready().contains(one))
                .toList();
        AccountId signer = random.nextInt(6) == 0 ? signer() : any(signers).orElseGet(this::signer);
        yield by(signer, new Command.Networks.SignalReady(id, rules));
      }
      default -> {
        List<AccountId> signers = new ArrayList<>();
        for (int i = 0; i < Cast.SIGNERS; i++) {
          if (random.nextInt(8) > 0) {
            signers.add(Cast.signer(i));
          }
        }
        Collections.sort(signers);
        if (random.nextInt(8) == 0) {
          Collections.shuffle(signers, random);
        }
        yield by(actor(), new Command.Networks.ActivateRules(id, rules, signers));
      }
    };
  }

  private Bootstrap bootstrap() {
    long start = random.nextInt(6);
    return switch (random.nextInt(8)) {
      case 0, 1 -> Bootstrap.NONE;
      case 2 -> new Bootstrap(BigInteger.ZERO, 0, 0, 0, 0, TOKEN);
      case 3 -> new Bootstrap(TOKEN, start, start, 100, 1, BigInteger.ZERO);
      case 4 ->
          new Bootstrap(
              BigInteger.TEN.pow(26).add(BigInteger.valueOf(random.nextInt(2))),
              start,
              start + 10_000_000 + random.nextInt(2),
              10_000,
              1,
              BigInteger.ZERO);
      case 5 -> new Bootstrap(TOKEN, start, start + 9, 10_000 + random.nextInt(2), 1, TOKEN);
      default ->
          new Bootstrap(
              tokensUpTo(100).min(TOKEN.multiply(BigInteger.valueOf(100))),
              start,
              start + 1 + random.nextInt(9),
              1 + random.nextInt(10_000),
              random.nextInt(4),
              TOKEN);
    };
  }

  private Call commitIndex() {
    long closed = ledger.clock.epochAt(time) - 1;
    long epoch = Math.max(0, closed + (random.nextInt(6) == 0 ? random.nextInt(3) - 1 : 0));
    AccountId gateway = random.nextInt(4) == 0 ? signer() : Cast.signer(6);
    Hash index =
        random.nextInt(12) == 0 ? Hash.ZERO : ResultWriter.hash("index" + random.nextInt(6));
    Hash hash = ledger.results.indexHash(epoch, gateway, index);
    return by(
        actor(),
        new Command.Results.CommitIndex(
            epoch,
            gateway,
            index,
            ResultWriter.signatures(ledger, random, hash, ledger.clock.openingOf(epoch))));
  }

  private Call submit() {
    ResultWriter writer = new ResultWriter(ledger, random, trees);
    Result result = writer.honest();
    if (random.nextInt(4) == 0) {
      result = writer.spoiled(result);
    }
    written.add(result);
    return by(
        actor(),
        new Command.Results.Submit(
            result,
            ResultWriter.signatures(
                ledger, random, result.structHash(), ledger.clock.openingOf(result.epoch()))));
  }

  private long nextEpochMostly() {
    long next = ledger.results.nextEpoch();
    return random.nextInt(8) == 0 ? Math.max(0, next + random.nextInt(3) - 1) : next;
  }

  private Call present() {
    long epoch = nextEpochMostly();
    return by(
        actor(),
        new Command.Results.Present(
            epoch,
            ResultWriter.signatures(
                ledger,
                random,
                ledger.results.presenceHash(epoch),
                ledger.clock.openingOf(epoch))));
  }

  private Call skip() {
    return by(actor(), new Command.Results.Skip(nextEpochMostly()));
  }

  private Call finalise() {
    BigInteger max =
        switch (random.nextInt(6)) {
          case 0 -> BigInteger.ZERO;
          case 1 -> MAX;
          default -> BigInteger.valueOf(1 + random.nextInt(3));
        };
    return by(actor(), new Command.Results.Finalise(max));
  }

  private Call rollback() {
    List<ResultsBook.Accepted> stack = ledger.results.stack();
    if (stack.isEmpty()) {
      return by(
          actor(), new Command.Results.Rollback(new ResultWriter(ledger, random, trees).honest()));
    }
    ResultsBook.Accepted chosen =
        random.nextInt(6) == 0 ? any(stack).orElseThrow() : stack.getLast();
    return by(actor(), new Command.Results.Rollback(chosen.result()));
  }

  private Call claim() {
    Hash root = ledger.results.finalRoot();
    AccountId account = random.nextInt(12) == 0 ? actor() : Cast.actor(2 + random.nextInt(4));
    List<Line> owed = new ArrayList<>();
    trees
        .book(root)
        .forEach((line, amount) -> {
          if (PAYABLE.contains(line.kind())
              && line.subject().equals(account.toSubject())
              && amount.compareTo(ledger.claims.claimed(line.kind(), account, line.network()))
                  > 0) {
            owed.add(line);
          }
        });
    if (random.nextInt(4) == 0) {
      return claimMany(root, account, owed);
    }
    Line line =
        random.nextInt(12) == 0
            ? new Line(random.nextInt(10), network(), account.toSubject())
            : any(owed).orElse(new Line(1, 1, account.toSubject()));
    return by(
        actor(),
        new Command.Claims.Claim(
            line.kind(), account, line.network(), amountOf(root, line), proofOf(root, line)));
  }

  private Call claimMany(Hash root, AccountId account, List<Line> owed) {
    List<Line> lines = new ArrayList<>(owed.subList(0, Math.min(6, owed.size())));
    if (random.nextInt(3) == 0) {
      any(lines).ifPresent(lines::add);
      lines.add(new Line(1, 1, account.toSubject()));
    }
    List<Integer> kinds = new ArrayList<>();
    List<Long> networks = new ArrayList<>();
    List<BigInteger> amounts = new ArrayList<>();
    List<List<Hash>> proofs = new ArrayList<>();
    for (Line line : lines) {
      kinds.add(line.kind());
      networks.add(line.network());
      amounts.add(amountOf(root, line));
      proofs.add(proofOf(root, line));
    }
    if (random.nextInt(10) == 0) {
      kinds.add(1);
    }
    return by(actor(), new Command.Claims.ClaimMany(account, kinds, networks, amounts, proofs));
  }

  private Call fund() {
    return by(actor(), new Command.Claims.Fund());
  }

  private String reason() {
    return switch (random.nextInt(16)) {
      case 0 -> "";
      case 1 -> "z".repeat(1_024);
      case 2 -> "z".repeat(1_025);
      default -> "because";
    };
  }

  private Call dispute() {
    List<Long> epochs = disputable().stream().map(ResultsBook.Accepted::epoch).toList();
    long next = ledger.results.nextEpoch();
    long epoch =
        random.nextInt(8) == 0 ? Math.max(0, next - random.nextInt(3)) : any(epochs).orElse(next);
    return by(actor(), new Command.Council.Dispute(epoch, RULES, reason()));
  }

  private BigInteger disputeId() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < ledger.council.disputes().size(); i++) {
      if (ledger.council.disputes().get(i).state() == CouncilBook.State.OPEN) {
        open.add(i + 1);
      }
    }
    return random.nextInt(10) == 0
        ? BigInteger.valueOf(random.nextInt(ledger.council.disputes().size() + 2))
        : BigInteger.valueOf(any(open).orElse(1));
  }

  private Call vote() {
    BigInteger id = disputeId();
    int index = id.intValue() - 1;
    List<AccountId> voters =
        index < 0 || index >= ledger.council.disputes().size()
            ? List.of()
            : ledger.council.members().stream()
                .filter(ledger.council::isMember)
                .filter(one -> !ledger.council.disputes().get(index).voted().contains(one))
                .toList();
    AccountId voter = random.nextInt(10) == 0 ? actor() : any(voters).orElseGet(this::actor);
    return by(voter, new Command.Council.Vote(id, random.nextInt(4) > 0, reason()));
  }

  private Call expire() {
    return by(actor(), new Command.Council.Expire(disputeId()));
  }

  private Call council() {
    if (random.nextInt(3) == 0) {
      BigInteger bond =
          random.nextInt(4) == 0 ? tokensUpTo(2_000_000) : TOKEN.multiply(BigInteger.TWO);
      return by(ownerMostly(), new Command.Council.SetBond(bond));
    }
    if (random.nextInt(3) == 0 && !written.isEmpty()) {
      Result result = any(written).orElseThrow();
      return by(actor(), new Command.Council.ShowSigner(result, signature(anySignerKey(), result)));
    }
    List<AccountId> members = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      members.add(random.nextInt(6) == 0 ? signer() : Cast.actor((7 + i) % Cast.ACTORS));
    }
    if (random.nextInt(8) == 0) {
      members.add(AccountId.ZERO);
    }
    long term = random.nextInt(6) == 0 ? 3_599 : 3_600 + random.nextInt(40_000);
    return by(ownerMostly(), new Command.Council.Elect(members, term));
  }

  private AccountKey anySignerKey() {
    return Cast.SIGNER_KEYS.get(random.nextInt(Cast.SIGNERS));
  }

  private Bytes signature(AccountKey key, Result result) {
    Bytes signature = key.sign(ledger.parameters.domain().digest(result.structHash()));
    return random.nextInt(12) == 0 ? ResultWriter.spoiled(random, signature) : signature;
  }

  private Call slash() {
    boolean voided = written.stream().anyMatch(one -> ledger.results.isVoided(one.structHash()));
    return switch (random.nextInt(voided ? 8 : 4)) {
      case 0 -> signedVoid();
      case 1, 2 -> equivocation();
      case 3 -> brokenPromise();
      default -> signedVoid();
    };
  }

  private Call closeSeizure() {
    return random.nextInt(4) == 0
        ? by(ownerMostly(), new Command.Slashing.Pardon(seizureId(), reason()))
        : by(actor(), new Command.Slashing.Execute(seizureId()));
  }

  private BigInteger seizureId() {
    List<SlashingBook.Seizure> seizures = ledger.slashing.seizures();
    List<Integer> pending = new ArrayList<>();
    for (int i = 0; i < seizures.size(); i++) {
      if (seizures.get(i).state() == SlashingBook.State.PENDING) {
        pending.add(i + 1);
      }
    }
    int other = random.nextInt(seizures.size() + 2);
    return BigInteger.valueOf(random.nextInt(6) == 0 ? other : any(pending).orElse(other));
  }

  private Call equivocation() {
    Result first = new ResultWriter(ledger, random, trees).honest();
    Result second =
        random.nextInt(4) == 0
            ? any(written).orElse(first)
            : new Result(
                first.deployment(),
                first.epoch(),
                first.attempt(),
                first.closeBlock(),
                first.parent(),
                first.inputs(),
                first.rules(),
                ResultWriter.hash("another carry"),
                first.moneyRoot(),
                first.totals());
    AccountKey key = anySignerKey();
    AccountKey other = random.nextInt(6) == 0 ? anySignerKey() : key;
    return by(
        actor(),
        new Command.Slashing.Equivocation(
            first, signature(key, first), second, signature(other, second)));
  }

  private Call signedVoid() {
    List<Result> voided =
        written.stream().filter(one -> ledger.results.isVoided(one.structHash())).toList();
    Optional<Result> chosen = random.nextInt(8) == 0 ? any(written) : any(voided);
    Result result = chosen.orElseGet(() -> new ResultWriter(ledger, random, trees).honest());
    return by(actor(), new Command.Slashing.SignedVoid(result, signature(anySignerKey(), result)));
  }

  private Call brokenPromise() {
    AccountKey gateway = random.nextInt(4) == 0 ? anySignerKey() : Cast.SIGNER_KEYS.get(6);
    long epoch = Math.max(0, ledger.clock.epochAt(time) - 1 - random.nextInt(2));
    long slot = epoch * ledger.parameters.clock().slotsPerEpoch();
    int size = 1 + random.nextInt(5);
    int index = random.nextInt(size);
    List<Hash> reports = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      reports.add(ResultWriter.hash("report" + random.nextInt(100)));
    }
    List<Hash> leaves = reports.stream().map(report -> HashTree.leaf(report.bytes())).toList();
    Hash batch = HashTree.root(leaves);
    Hash digest =
        ledger
            .parameters
            .domain()
            .digest(ledger.slashing.promiseHash(gateway.account(), slot, batch));
    long claimedSize = random.nextInt(10) == 0 ? (1 << 20) + random.nextInt(2) : size;
    GatewayPromise promise =
        new GatewayPromise(
            slot,
            reports.get(index),
            index,
            claimedSize,
            HashTree.path(leaves, index),
            random.nextInt(12) == 0
                ? ResultWriter.spoiled(random, gateway.sign(digest))
                : gateway.sign(digest));
    Hash offence = ledger.slashing.brokenPromiseHash(epoch, gateway.account(), reports.get(index));
    return by(
        actor(),
        new Command.Slashing.BrokenPromise(
            gateway.account(),
            promise,
            ResultWriter.signatures(ledger, random, offence, ledger.clock.openingOf(epoch))));
  }

  private Command register() {
    int type = random.nextInt(8) == 0 ? random.nextInt(5) : 1;
    byte[] key = new byte[random.nextInt(8) == 0 ? 33 : 32];
    key[0] = 2;
    return new Command.Registry.Register(1 + random.nextInt(2), type, Bytes.wrap(key), 0, "");
  }

  private List<BigInteger> leavingDevices() {
    return ledger.devices.devices().keySet().stream()
        .filter(id -> {
          long release = ledger.devices.stakeOf(id).releaseEpoch();
          return release > 0 && isNearlyFinal(release);
        })
        .toList();
  }

  private BigInteger deviceOf(List<BigInteger> fitting) {
    List<BigInteger> all = List.copyOf(ledger.devices.devices().keySet());
    return random.nextInt(12) == 0
        ? BigInteger.valueOf(random.nextInt(9))
        : any(fitting).orElseGet(() -> any(all).orElse(BigInteger.ONE));
  }

  private AccountId ownerOf(BigInteger id) {
    DevicesBook.Device device = ledger.devices.devices().get(id);
    return device == null || random.nextInt(8) == 0 ? actor() : device.owner();
  }

  private Line lineOf(BigInteger id) {
    DevicesBook.Device device = ledger.devices.devices().get(id);
    return new Line(8, device == null ? 1 : device.network(), DevicesBook.subjectOf(id));
  }

  private Call withdrawDevice() {
    BigInteger id = deviceOf(leavingDevices());
    Hash root = ledger.results.finalRoot();
    Line line = lineOf(id);
    return by(
        ownerOf(id),
        new Command.DeviceStakes.Withdraw(id, amountOf(root, line), proofOf(root, line)));
  }

  private Call devices() {
    int kind = random.nextInt(8);
    boolean leave = kind >= 5 && kind <= 6;
    List<BigInteger> fitting =
        ledger.devices.devices().keySet().stream()
            .filter(one -> ledger.devices.stakeOf(one).releaseEpoch() == 0)
            .filter(one -> !leave || ledger.devices.stakeOf(one).amount().signum() > 0)
            .toList();
    BigInteger id = deviceOf(fitting);
    Hash root = ledger.results.finalRoot();
    Line line = lineOf(id);
    return switch (kind) {
      case 0 -> by(actor(), register());
      case 1 ->
          by(
              ownerOf(id),
              new Command.Registry.TransferFrom(
                  ownerOf(id), random.nextInt(12) == 0 ? AccountId.ZERO : actor(), id));
      case 2, 3, 4 -> by(actor(), new Command.DeviceStakes.Stake(id, tokensUpTo(20)));
      case 5, 6 -> by(ownerOf(id), new Command.DeviceStakes.Leave(id));
      default ->
          by(
              actor(),
              new Command.DeviceStakes.SlashByResult(
                  id, amountOf(root, line), proofOf(root, line)));
    };
  }
}

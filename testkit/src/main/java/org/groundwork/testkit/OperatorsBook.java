package org.groundwork.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/** Verifiers and gateways: stakes, weights over time, exits. */
final class OperatorsBook {
  static final int VERIFIER = 1;
  static final int GATEWAY = 2;
  private static final int MAX_MEMBERS = 128;
  private static final int MAX_ENDPOINT_BYTES = 256;
  private static final String NAME = "Operators";

  record Member(AccountId signer, BigInteger stake, String endpoint) {
    Member withStake(BigInteger value) {
      return new Member(signer, value, endpoint);
    }
  }

  record Exit(BigInteger amount, long releaseEpoch) {
    static final Exit NONE = new Exit(BigInteger.ZERO, 0);
  }

  private record Presence(long epoch, AccountId signer) {}

  /** One role. Weights are kept for every second in which they changed. */
  private static final class Role {
    final Map<AccountId, Member> members;
    final Map<AccountId, Exit> exits;
    final Map<AccountId, AccountId> operatorOf;
    final Map<AccountId, BigInteger> slashedByResults;
    final Map<AccountId, NavigableMap<Long, BigInteger>> weights;
    final NavigableMap<Long, BigInteger> totals;

    Role() {
      members = new TreeMap<>();
      exits = new TreeMap<>();
      operatorOf = new TreeMap<>();
      slashedByResults = new TreeMap<>();
      weights = new TreeMap<>();
      totals = new TreeMap<>();
    }

    Role(Role from) {
      members = new TreeMap<>(from.members);
      exits = new TreeMap<>(from.exits);
      operatorOf = new TreeMap<>(from.operatorOf);
      slashedByResults = new TreeMap<>(from.slashedByResults);
      weights = new TreeMap<>();
      from.weights.forEach((signer, history) -> weights.put(signer, new TreeMap<>(history)));
      totals = new TreeMap<>(from.totals);
    }

    BigInteger weightAt(AccountId signer, long timestamp) {
      return at(weights.getOrDefault(signer, new TreeMap<>()), timestamp);
    }

    static BigInteger at(NavigableMap<Long, BigInteger> history, long timestamp) {
      Map.Entry<Long, BigInteger> entry = history.floorEntry(timestamp);
      return entry == null ? BigInteger.ZERO : entry.getValue();
    }
  }

  private final Ledger ledger;
  private final Map<Integer, Role> roles = new HashMap<>();
  private final Set<Presence> present;

  OperatorsBook(Ledger ledger) {
    this.ledger = ledger;
    roles.put(VERIFIER, new Role());
    roles.put(GATEWAY, new Role());
    present = new HashSet<>();
  }

  OperatorsBook(Ledger ledger, OperatorsBook from) {
    this.ledger = ledger;
    from.roles.forEach((number, role) -> roles.put(number, new Role(role)));
    present = new HashSet<>(from.present);
  }

  void apply(Command.Operators command) {
    switch (command) {
      case Command.Operators.Join c -> join(c);
      case Command.Operators.AddStake c -> addStake(c);
      case Command.Operators.SetEndpoint c -> setEndpoint(c);
      case Command.Operators.Leave c -> leave(c.role(), ledger.sender, requireMember(c.role()));
      case Command.Operators.Withdraw c -> withdraw(c);
      case Command.Operators.SlashByResult c -> slashByResult(c);
      case Command.Operators.Restore c -> restore(c.role());
      case Command.Operators.Seize _ -> throw new Refusal("NotSlashing");
      case Command.Operators.MarkPresent _, Command.Operators.Decay _ ->
          throw new Refusal("NotResults");
    }
  }

  private void join(Command.Operators.Join c) {
    Role role = role(c.role());
    AccountId operator = ledger.sender;
    Refusal.unless(c.amount().compareTo(minimum(c.role())) >= 0, "StakeTooLow");
    Refusal.unless(!c.signer().equals(AccountId.ZERO), "InvalidSigner");
    requireEndpoint(c.endpoint());
    Refusal.unless(
        role.operatorOf.getOrDefault(c.signer(), operator).equals(operator), "SignerTaken");
    Refusal.unless(!role.exits.containsKey(operator), "ExitPending");
    Refusal.unless(!role.members.containsKey(operator), "AlreadyMember");
    Refusal.unless(role.members.size() < MAX_MEMBERS, "SetFull");
    ledger.token.pull(ledger.address(NAME), c.amount());
    role.operatorOf.put(c.signer(), operator);
    role.members.put(operator, new Member(c.signer(), c.amount(), c.endpoint()));
    ledger.emit("OperatorJoined", c.role(), operator, c.signer(), c.amount(), c.endpoint());
    setWeight(c.role(), operator, c.signer(), c.amount());
  }

  private void addStake(Command.Operators.AddStake c) {
    Member member = requireMember(c.role());
    Refusal.unless(c.amount().signum() > 0, "NothingAdded");
    ledger.token.pull(ledger.address(NAME), c.amount());
    BigInteger stake = member.stake().add(c.amount());
    role(c.role()).members.put(ledger.sender, member.withStake(stake));
    ledger.emit("StakeAdded", c.role(), ledger.sender, member.signer(), stake);
    BigInteger weight = weightAt(c.role(), member.signer(), ledger.now).add(c.amount());
    setWeight(c.role(), ledger.sender, member.signer(), weight);
  }

  private void setEndpoint(Command.Operators.SetEndpoint c) {
    Member member = requireMember(c.role());
    requireEndpoint(c.endpoint());
    role(c.role())
        .members
        .put(ledger.sender, new Member(member.signer(), member.stake(), c.endpoint()));
    ledger.emit("OperatorEndpointChanged", c.role(), ledger.sender, c.endpoint());
  }

  private void leave(int number, AccountId operator, Member member) {
    Role role = role(number);
    long release = ledger.clock.epochAt(ledger.now) + ledger.parameters.stakes().exitEpochs();
    role.members.remove(operator);
    if (member.stake().signum() > 0) {
      role.exits.put(operator, new Exit(member.stake(), release));
    }
    ledger.emit("OperatorLeft", number, operator, member.signer(), release);
    setWeight(number, operator, member.signer(), BigInteger.ZERO);
  }

  private void withdraw(Command.Operators.Withdraw c) {
    Role role = role(c.role());
    Exit exit = role.exits.getOrDefault(ledger.sender, Exit.NONE);
    Refusal.unless(exit.amount().signum() > 0, "NoExit");
    Refusal.unless(ledger.results.isFinal(exit.releaseEpoch()), "ExitNotReady");
    requireLeaf(c.role(), ledger.sender, c.cumulative(), c.proof());
    burnUpTo(c.role(), ledger.sender, c.cumulative());
    BigInteger rest = role.exits.getOrDefault(ledger.sender, Exit.NONE).amount();
    role.exits.remove(ledger.sender);
    ledger.token.move(ledger.address(NAME), ledger.sender, rest);
    ledger.emit("StakeWithdrawn", c.role(), ledger.sender, rest);
  }

  private void slashByResult(Command.Operators.SlashByResult c) {
    role(c.role());
    requireLeaf(c.role(), c.operator(), c.cumulative(), c.proof());
    Refusal.unless(burnUpTo(c.role(), c.operator(), c.cumulative()), "NothingToSlash");
  }

  /** Burns what a leaf asks for beyond what leaves took before, as far as there is stake. */
  private boolean burnUpTo(int number, AccountId operator, BigInteger cumulative) {
    Role role = role(number);
    BigInteger before = role.slashedByResults.getOrDefault(operator, BigInteger.ZERO);
    if (cumulative.compareTo(before) <= 0 || slashable(number, operator).signum() == 0) {
      return false;
    }
    BigInteger taken = take(number, operator, cumulative.subtract(before), true);
    role.slashedByResults.put(operator, before.add(taken));
    ledger.token.burn(ledger.address(NAME), taken);
    return true;
  }

  /** Takes stake for the Slashing contract. */
  BigInteger seize(int number, AccountId operator, BigInteger amount) {
    BigInteger taken = take(number, operator, amount, false);
    ledger.token.move(ledger.address(NAME), ledger.address("Slashing"), taken);
    return taken;
  }

  /** A member who is left with less than the minimum leaves; weight is never above stake. */
  private BigInteger take(int number, AccountId operator, BigInteger amount, boolean byResult) {
    Role role = role(number);
    BigInteger stake = slashable(number, operator);
    BigInteger taken = amount.min(stake);
    BigInteger left = stake.subtract(taken);
    ledger.emit("StakeSlashed", number, operator, taken, left, byResult);
    Member member = role.members.get(operator);
    if (member == null) {
      Exit exit = role.exits.getOrDefault(operator, Exit.NONE);
      role.exits.put(operator, new Exit(left, exit.releaseEpoch()));
      if (left.signum() == 0) {
        role.exits.remove(operator);
      }
      return taken;
    }
    Member remaining = member.withStake(left);
    role.members.put(operator, remaining);
    if (left.compareTo(minimum(number)) < 0) {
      leave(number, operator, remaining);
    } else if (left.compareTo(weightAt(number, member.signer(), ledger.now)) < 0) {
      setWeight(number, operator, member.signer(), left);
    }
    return taken;
  }

  private void restore(int number) {
    Member member = requireMember(number);
    BigInteger weight = weightAt(number, member.signer(), ledger.now);
    Refusal.unless(weight.compareTo(member.stake()) < 0, "NothingToRestore");
    setWeight(number, ledger.sender, member.signer(), member.stake());
  }

  /** Whether the signer was not marked in this epoch before. */
  boolean markPresent(long epoch, AccountId signer) {
    return present.add(new Presence(epoch, signer));
  }

  /** Halves the weight of each verifier with weight at the opening who is not present. */
  void decay(long epoch) {
    role(VERIFIER)
        .members
        .forEach((operator, member) -> {
          BigInteger atOpening = weightAt(VERIFIER, member.signer(), ledger.clock.openingOf(epoch));
          boolean excused = present.contains(new Presence(epoch, member.signer()));
          if (!excused && atOpening.signum() > 0) {
            BigInteger weight = weightAt(VERIFIER, member.signer(), ledger.now);
            setWeight(VERIFIER, operator, member.signer(), weight.shiftRight(1));
          }
        });
  }

  private void setWeight(int number, AccountId operator, AccountId signer, BigInteger weight) {
    Role role = role(number);
    BigInteger before = role.weightAt(signer, ledger.now);
    role.weights.computeIfAbsent(signer, _ -> new TreeMap<>()).put(ledger.now, weight);
    BigInteger total = Role.at(role.totals, ledger.now).subtract(before).add(weight);
    role.totals.put(ledger.now, total);
    ledger.emit("WeightChanged", number, operator, signer, weight);
  }

  private void requireLeaf(int role, AccountId operator, BigInteger cumulative, List<Hash> proof) {
    ledger.results.requireLeaf(ResultsBook.SLASH, 0, subjectOf(role, operator), cumulative, proof);
  }

  /** {@code role << 160 | operator}. */
  static Hash subjectOf(int role, AccountId operator) {
    byte[] subject = operator.toSubject().toArray();
    subject[Hash.SIZE - AccountId.SIZE - 1] = (byte) role;
    return Hash.wrap(subject);
  }

  private Role role(int number) {
    Role role = roles.get(number);
    if (role == null) {
      throw new Refusal("UnknownRole");
    }
    return role;
  }

  private Member requireMember(int number) {
    Member member = role(number).members.get(ledger.sender);
    if (member == null) {
      throw new Refusal("NotMember");
    }
    return member;
  }

  private static void requireEndpoint(String endpoint) {
    Refusal.unless(
        endpoint.getBytes(StandardCharsets.UTF_8).length <= MAX_ENDPOINT_BYTES, "EndpointTooLong");
  }

  private BigInteger minimum(int number) {
    Parameters.Stakes stakes = ledger.parameters.stakes();
    return number == VERIFIER ? stakes.minVerifierStake() : stakes.minGatewayStake();
  }

  BigInteger weightAt(int number, AccountId signer, long timestamp) {
    return role(number).weightAt(signer, timestamp);
  }

  BigInteger totalAt(int number, long timestamp) {
    return Role.at(role(number).totals, timestamp);
  }

  BigInteger bonded(int number) {
    return role(number).members.values().stream()
        .map(Member::stake)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  BigInteger slashable(int number, AccountId operator) {
    Member member = role(number).members.get(operator);
    return member != null
        ? member.stake()
        : role(number).exits.getOrDefault(operator, Exit.NONE).amount();
  }

  AccountId operatorOf(int number, AccountId signer) {
    return role(number).operatorOf.getOrDefault(signer, AccountId.ZERO);
  }

  /** When the first verifier joined; 0 if none has. */
  long firstJoinedAt() {
    NavigableMap<Long, BigInteger> totals = role(VERIFIER).totals;
    return totals.isEmpty() ? 0 : totals.firstKey();
  }

  Map<AccountId, Member> members(int number) {
    return role(number).members;
  }

  Map<AccountId, Exit> exits(int number) {
    return role(number).exits;
  }

  BigInteger slashedByResults(int number, AccountId operator) {
    return role(number).slashedByResults.getOrDefault(operator, BigInteger.ZERO);
  }

  void addViews(List<View> views) {
    roles.forEach((number, role) -> addViews(views, number, role));
  }

  private void addViews(List<View> views, int number, Role role) {
    long opening = ledger.clock.openingOf(ledger.clock.epochAt(ledger.now));
    views.add(View.of(NAME, "bonded", List.of(number), bonded(number)));
    views.add(View.of(NAME, "totalAt", List.of(number, ledger.now), totalAt(number, ledger.now)));
    role.weights
        .keySet()
        .forEach(signer -> {
          views.add(
              View.of(NAME, "operatorOf", List.of(number, signer), operatorOf(number, signer)));
          for (long moment : new long[] {opening, ledger.now}) {
            views.add(
                View.of(
                    NAME,
                    "stakeAt",
                    List.of(number, signer, moment),
                    weightAt(number, signer, moment)));
          }
        });
    role.operatorOf.values().stream()
        .distinct()
        .forEach(operator -> addViews(views, number, role, operator));
  }

  private void addViews(List<View> views, int number, Role role, AccountId operator) {
    List<Object> arguments = List.of(number, operator);
    Member member = role.members.get(operator);
    views.add(
        member == null
            ? View.refused(NAME, "member", arguments, "NotMember")
            : View.of(
                NAME,
                "member",
                arguments,
                List.of(
                    operator,
                    member.signer(),
                    member.stake(),
                    weightAt(number, member.signer(), ledger.now),
                    member.endpoint())));
    Exit exit = role.exits.getOrDefault(operator, Exit.NONE);
    views.add(View.of(NAME, "exitOf", arguments, List.of(exit.amount(), exit.releaseEpoch())));
    views.add(View.of(NAME, "slashable", arguments, slashable(number, operator)));
    views.add(View.of(NAME, "slashedByResults", arguments, slashedByResults(number, operator)));
  }
}

package org.groundwork.simulator;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.PostedIndex;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.StandardMerkleTree;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Keccak256;

/** What the contracts keep and check, after some block. */
final class Contract {
  static final long DISPUTE_SECONDS = 15;

  private final Setting setting;
  private final Map<EpochNumber, List<PostedIndex>> posted = new TreeMap<>();
  private final TreeMap<EpochNumber, Accepted> results = new TreeMap<>();
  private final TreeSet<EpochNumber> skipped = new TreeSet<>();
  private final Map<EpochNumber, Set<AccountId>> present = new TreeMap<>();
  private final List<Absence> absences = new ArrayList<>();
  private final Map<AccountId, Long> slashed = new TreeMap<>();
  private final Map<MoneyLeafKey, BigInteger> claimed = new HashMap<>();
  private Optional<EpochNumber> voidFrom = Optional.empty();
  private Optional<EpochNumber> finalised = Optional.empty();
  private BigInteger paidOut = BigInteger.ZERO;
  private int attempt;

  /** A verifier was absent when an epoch was skipped at this Unix second. */
  private record Absence(AccountId signer, long at) {}

  private record MoneyLeafKey(MoneyKind kind, long network, Hash subject) {}

  /** A result with what its acceptance showed. */
  record Accepted(
      AcceptedResult result,
      EpochStatement statement,
      SortedMap<AccountId, Bytes> signatures,
      long at) {
    List<AccountId> signers() {
      return List.copyOf(signatures.keySet());
    }

    List<SignedStatement> signed() {
      return signatures.entrySet().stream()
          .map(each -> new SignedStatement(statement, each.getKey(), each.getValue()))
          .toList();
    }
  }

  /** Something that an account asks the contracts for. */
  interface Transaction {
    void apply(Contract contract, long now) throws IOException;

    String what();
  }

  Contract(Setting setting) {
    this.setting = setting;
  }

  Contract copy() {
    Contract copy = new Contract(setting);
    posted.forEach((epoch, indexes) -> copy.posted.put(epoch, new ArrayList<>(indexes)));
    copy.results.putAll(results);
    copy.skipped.addAll(skipped);
    present.forEach((epoch, who) -> copy.present.put(epoch, new TreeSet<>(who)));
    copy.absences.addAll(absences);
    copy.slashed.putAll(slashed);
    copy.claimed.putAll(claimed);
    copy.voidFrom = voidFrom;
    copy.finalised = finalised;
    copy.paidOut = paidOut;
    copy.attempt = attempt;
    return copy;
  }

  /** Weights at the opening: halved for each absence that was counted before, none if slashed. */
  StakedSet verifiers(EpochNumber epoch) {
    List<Operator> then = new ArrayList<>();
    for (Operator now : setting.verifiers()) {
      long halvings =
          absences.stream()
              .filter(absence -> absence.signer().equals(now.signer()))
              .filter(absence -> absence.at() <= setting.schedule().opening(epoch))
              .count();
      BigInteger weight = now.stake().shiftRight((int) halvings);
      long slashedAt = slashed.getOrDefault(now.signer(), Long.MAX_VALUE);
      if (weight.signum() > 0 && slashedAt > setting.schedule().opening(epoch)) {
        then.add(new Operator(now.signer(), weight, now.endpoint()));
      }
    }
    return new StakedSet(then);
  }

  EpochNumber nextEpoch() {
    EpochNumber next = results.isEmpty() ? EpochNumber.FIRST : results.lastKey().next();
    while (skipped.contains(next)) {
      next = next.next();
    }
    return next;
  }

  int attempt() {
    return attempt;
  }

  Optional<Accepted> result(EpochNumber epoch) {
    return Optional.ofNullable(results.get(epoch));
  }

  Optional<Accepted> resultBefore(EpochNumber epoch) {
    return Optional.ofNullable(results.lowerEntry(epoch)).map(Map.Entry::getValue);
  }

  List<Accepted> results() {
    return List.copyOf(results.values());
  }

  EpochNumber coveredFrom(EpochNumber epoch) {
    return resultBefore(epoch)
        .map(before -> before.result().epoch().next())
        .orElse(EpochNumber.FIRST);
  }

  boolean isSkipped(EpochNumber epoch) {
    return skipped.contains(epoch);
  }

  List<PostedIndex> posted(EpochNumber epoch) {
    return List.copyOf(posted.getOrDefault(epoch, List.of()));
  }

  Hash parent(EpochNumber epoch) {
    return resultBefore(epoch).map(before -> before.result().resultHash()).orElse(Hash.ZERO);
  }

  ParentSigners parentSigners(EpochNumber epoch) {
    Optional<Accepted> before = resultBefore(epoch);
    if (before.isEmpty()) {
      return ParentSigners.NONE;
    }
    StakedSet then = verifiers(before.get().result().epoch());
    SortedMap<AccountId, BigInteger> weights = new TreeMap<>(then.stakes());
    weights.keySet().retainAll(before.get().signers());
    return new ParentSigners(weights, then.total());
  }

  boolean isRollbackDue() {
    return voidFrom.isPresent();
  }

  Set<AccountId> present(EpochNumber epoch) {
    return new TreeSet<>(present.getOrDefault(epoch, Set.of()));
  }

  /** The last final epoch. */
  Optional<EpochNumber> finalised() {
    return finalised;
  }

  /** Tokens that claims paid. */
  BigInteger paidOut() {
    return paidOut;
  }

  Optional<EpochNumber> ripe(long now) {
    return voidFrom.isPresent()
        ? Optional.empty()
        : results.entrySet().stream()
            .filter(each -> finalised.map(last -> each.getKey().compareTo(last) > 0).orElse(true))
            .findFirst()
            .filter(each -> each.getValue().at() + DISPUTE_SECONDS <= now)
            .map(Map.Entry::getKey);
  }

  long skippableAt(EpochNumber epoch) {
    return setting.schedule().commitDeadline(epoch.next());
  }

  void commitIndex(
      long now,
      EpochNumber epoch,
      AccountId gateway,
      Hash index,
      SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    require(
        setting.schedule().close(epoch) <= now && now < setting.schedule().commitDeadline(epoch),
        "not its time");
    PostedIndex entry = new PostedIndex(gateway, index);
    require(!posted(epoch).contains(entry), "committed already");
    requireSigned(
        Statements.indexCertificate(setting.domain().deployment(), epoch, gateway, index),
        signatures);
    require(verifiers(epoch).isMoreThanThird(signatures.keySet()), "no quorum");
    posted.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(entry);
  }

  void submit(long now, EpochStatement statement, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    EpochNumber epoch = statement.epoch();
    require(epoch.equals(nextEpoch()), "not the next epoch");
    require(now >= setting.schedule().commitDeadline(epoch), "too early");
    require(voidFrom.isEmpty(), "rollback pending");
    require(statement.attempt() == attempt, "wrong attempt");
    require(statement.parent().equals(parent(epoch)), "wrong parent");
    require(statement.inputs().equals(coveredInputs(epoch)), "wrong inputs");
    requireSigned(statement.structHash(), signatures);
    require(verifiers(epoch).isMoreThanTwoThirds(signatures.keySet()), "no quorum");
    requireWithinBooks(statement);
    AcceptedResult result =
        new AcceptedResult(
            epoch,
            attempt,
            statement.structHash(),
            statement.closeBlock(),
            statement.carryRoot(),
            statement.moneyRoot());
    results.put(epoch, new Accepted(result, statement, new TreeMap<>(signatures), now));
  }

  private Hash coveredInputs(EpochNumber epoch) {
    EpochNumber next = coveredFrom(epoch);
    Hash running = Inputs.of(posted(next));
    while (next.compareTo(epoch) < 0) {
      next = next.next();
      running = Keccak256.hash(running.toArray(), Inputs.of(posted(next)).toArray());
    }
    return running;
  }

  private void requireWithinBooks(EpochStatement statement) throws IOException {
    BigInteger basis = sum(MoneyKind.BASIS).add(sum(statement, MoneyKind.BASIS));
    BigInteger charged = sum(MoneyKind.CHARGE).add(sum(statement, MoneyKind.CHARGE));
    BigInteger paid = authorised().add(payable(statement));
    require(basis.compareTo(setting.burned()) <= 0, "more basis than was burned");
    require(charged.compareTo(setting.reserved()) <= 0, "more charged than reserved");
    require(paid.compareTo(basis) <= 0, "more paid than basis");
  }

  /** Increases of one kind in all accepted results. */
  BigInteger sum(MoneyKind kind) {
    return results.values().stream()
        .map(accepted -> sum(accepted.statement(), kind))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Tokens that accepted results allow to be claimed. */
  BigInteger authorised() {
    return results.values().stream()
        .map(accepted -> payable(accepted.statement()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger payable(EpochStatement statement) {
    BigInteger sum = BigInteger.ZERO;
    for (Total total : statement.totals()) {
      if (total.kind().isPayable()) {
        sum = sum.add(total.amount());
      }
    }
    return sum;
  }

  private static BigInteger sum(EpochStatement statement, MoneyKind kind) {
    return statement.totals().stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  void present(long now, EpochNumber epoch, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    require(epoch.equals(nextEpoch()), "not the next epoch");
    require(now >= setting.schedule().commitDeadline(epoch), "presence is not asked");
    requireSigned(Statements.presence(setting.domain().deployment(), epoch), signatures);
    require(verifiers(epoch).stakes().keySet().containsAll(signatures.keySet()), "not staked");
    present.computeIfAbsent(epoch, _ -> new TreeSet<>()).addAll(signatures.keySet());
  }

  void skip(long now, EpochNumber epoch) throws IOException {
    require(epoch.equals(nextEpoch()), "not the next epoch");
    require(voidFrom.isEmpty() && now >= skippableAt(epoch), "no skip yet");
    skipped.add(epoch);
    for (Operator verifier : setting.verifiers()) {
      if (!present(epoch).contains(verifier.signer())) {
        absences.add(new Absence(verifier.signer(), now));
      }
    }
  }

  /** Takes all that a verifier staked who signed two results about the same. */
  void equivocation(long now, SignedStatement first, SignedStatement second) throws IOException {
    EpochStatement one = first.statement();
    EpochStatement other = second.statement();
    boolean contradicting =
        one.epoch().equals(other.epoch())
            && one.attempt() == other.attempt()
            && one.closeBlock().equals(other.closeBlock())
            && !one.structHash().equals(other.structHash());
    require(contradicting, "no contradiction");
    require(first.signer().equals(second.signer()), "two signers");
    require(first.isGenuine(setting.domain()), "wrong signature");
    require(second.isGenuine(setting.domain()), "wrong signature");
    require(slashed.putIfAbsent(first.signer(), now) == null, "slashed already");
  }

  /** The verifiers that lost their stakes. */
  Set<AccountId> slashed() {
    return slashed.keySet();
  }

  /** The council voids the last result and all that is not final. */
  void voidLast() throws IOException {
    Optional<EpochNumber> first =
        results.keySet().stream()
            .filter(epoch -> finalised.map(last -> epoch.compareTo(last) > 0).orElse(true))
            .findFirst();
    require(first.isPresent() && voidFrom.isEmpty(), "nothing to void");
    voidFrom = first;
    attempt++;
  }

  void rollBack() throws IOException {
    require(voidFrom.isPresent(), "nothing is void");
    EpochNumber last = results.lastKey();
    results.remove(last);
    // What was given up after it is to be judged again with it.
    skipped.tailSet(last, false).clear();
    if (voidFrom.equals(Optional.of(last))) {
      voidFrom = Optional.empty();
    }
  }

  void finalise(long now) throws IOException {
    Optional<EpochNumber> ripe = ripe(now);
    require(ripe.isPresent(), "nothing is ripe");
    finalised = ripe;
  }

  void claim(MoneyLeaf leaf, List<Hash> proof) throws IOException {
    EpochNumber last = finalised.orElseThrow(() -> new IOException("nothing is final"));
    Hash root = result(last).map(each -> each.result().moneyRoot()).orElse(Hash.ZERO);
    require(leaf.kind().isPayable(), "not payable");
    require(StandardMerkleTree.verify(root, leaf.hash(), proof), "not in the root");
    MoneyLeafKey key = new MoneyLeafKey(leaf.kind(), leaf.network().value(), leaf.subject());
    BigInteger before = claimed.getOrDefault(key, BigInteger.ZERO);
    require(leaf.cumulative().compareTo(before) > 0, "claimed already");
    paidOut = paidOut.add(leaf.cumulative().subtract(before));
    if (!setting.canaries().contains(Canary.CLAIMS_FORGOTTEN)) {
      claimed.put(key, leaf.cumulative());
    }
  }

  private void requireSigned(Hash struct, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    Hash digest = setting.domain().digest(struct);
    for (Map.Entry<AccountId, Bytes> signed : signatures.entrySet()) {
      require(
          AccountSignatures.isSignedBy(signed.getKey(), digest, signed.getValue()),
          "wrong signature");
    }
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException("The contract refuses: " + otherwise);
    }
  }
}

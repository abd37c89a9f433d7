package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.StandardMerkleTree;
import org.groundwork.protocol.crypto.AccountSignatures;

/** Inputs and results of epochs: a stack of accepted results, final from the bottom up. */
final class ResultsBook {
  static final int PAYMENT = 1;
  static final int CHARGE = 2;
  static final int BASIS = 3;
  static final int OPERATIONS = 4;
  static final int BOOTSTRAP = 5;
  static final int DUTY = 6;
  static final int TREASURY = 7;
  static final int SLASH = 8;
  private static final int MAX_TOTALS = 642;
  private static final int MAX_INDEXES = 4;
  private static final String NAME = "Results";

  /** An accepted result: what it covers, and what was minted with it and all before it. */
  record Accepted(Result result, Hash hash, long first, BigInteger mintable, long acceptedAt) {
    long epoch() {
      return result.epoch();
    }
  }

  /** What signatures add up to. */
  record Signed(List<AccountId> signers, BigInteger weight, BigInteger total) {}

  record Line(int kind, long network) {}

  private record Index(long epoch, AccountId gateway, Hash index) {}

  private final Ledger ledger;
  private final Parameters.Settling parameters;
  private final List<Accepted> stack;
  private final Map<Line, BigInteger> authorised;
  private final Map<Long, Hash> inputs;
  private final Set<Index> committed;
  private final Set<Hash> held;
  private final Set<Hash> voided;
  private int finals;
  private Optional<Long> next;
  private Optional<Long> coveredFrom;
  private Optional<Long> voidFrom;
  private long attempt;

  ResultsBook(Ledger ledger) {
    this.ledger = ledger;
    parameters = ledger.parameters.settling();
    stack = new ArrayList<>();
    authorised = new HashMap<>();
    inputs = new TreeMap<>();
    committed = new HashSet<>();
    held = new HashSet<>();
    voided = new HashSet<>();
    next = Optional.empty();
    coveredFrom = Optional.empty();
    voidFrom = Optional.empty();
  }

  ResultsBook(Ledger ledger, ResultsBook from) {
    this.ledger = ledger;
    parameters = from.parameters;
    stack = new ArrayList<>(from.stack);
    authorised = new HashMap<>(from.authorised);
    inputs = new TreeMap<>(from.inputs);
    committed = new HashSet<>(from.committed);
    held = new HashSet<>(from.held);
    voided = new HashSet<>(from.voided);
    finals = from.finals;
    next = from.next;
    coveredFrom = from.coveredFrom;
    voidFrom = from.voidFrom;
    attempt = from.attempt;
  }

  static boolean isMinted(int kind) {
    return kind == PAYMENT || (kind >= OPERATIONS && kind <= TREASURY);
  }

  void apply(Command.Results command) {
    switch (command) {
      case Command.Results.CommitIndex c -> commitIndex(c);
      case Command.Results.Submit c -> submit(c);
      case Command.Results.Present c -> present(c);
      case Command.Results.Skip c -> skip(c.epoch());
      case Command.Results.Finalise c -> finalise(c.max());
      case Command.Results.Hold _, Command.Results.VoidFrom _ -> throw new Refusal("NotCouncil");
      case Command.Results.Rollback c -> rollback(c.result());
    }
  }

  private void commitIndex(Command.Results.CommitIndex c) {
    Refusal.unless(ledger.now >= ledger.clock.closeOf(c.epoch()), "EpochStillOpen");
    Refusal.unless(ledger.now < ledger.clock.commitDeadlineOf(c.epoch()), "CommitDeadlinePassed");
    Refusal.unless(!c.index().equals(Hash.ZERO), "InvalidIndex");
    long opening = ledger.clock.openingOf(c.epoch());
    Refusal.unless(
        ledger.operators.weightAt(OperatorsBook.GATEWAY, c.gateway(), opening).signum() > 0,
        "GatewayNotStaked");
    Index index = new Index(c.epoch(), c.gateway(), c.index());
    Refusal.unless(!committed.contains(index), "IndexAlreadyCommitted");
    long count =
        committed.stream()
            .filter(one -> one.epoch() == c.epoch() && one.gateway().equals(c.gateway()))
            .count();
    Refusal.unless(count < MAX_INDEXES, "TooManyIndexes");
    Signed signed = verify(indexHash(c.epoch(), c.gateway(), c.index()), c.signatures(), opening);
    Refusal.unless(
        signed.weight().multiply(BigInteger.valueOf(3)).compareTo(signed.total()) > 0,
        "QuorumNotReached");
    committed.add(index);
    Hash hash = new Words().add(inputsOf(c.epoch())).add(c.gateway()).add(c.index()).keccak();
    inputs.put(c.epoch(), hash);
    ledger.emit("IndexCommitted", c.epoch(), c.gateway(), c.index(), hash, signed.weight());
  }

  private void submit(Command.Results.Submit c) {
    Result result = c.result();
    requireNothingVoid();
    Refusal.unless(result.deployment().equals(deployment()), "WrongDeployment");
    Refusal.unless(result.epoch() == nextEpoch(), "WrongEpoch");
    Refusal.unless(result.attempt() == attempt, "WrongAttempt");
    Refusal.unless(
        ledger.now >= ledger.clock.commitDeadlineOf(result.epoch()), "CommitDeadlineNotPassed");
    Refusal.unless(result.parent().equals(headHash()), "WrongParent");
    Refusal.unless(result.inputs().equals(coveredInputs()), "WrongInputs");
    Hash hash = result.structHash();
    Signed signed = verify(hash, c.signatures(), ledger.clock.openingOf(result.epoch()));
    Refusal.unless(Ledger.isTwoThirds(signed.weight(), signed.total()), "QuorumNotReached");

    long first = coveredFrom();
    requireOrder(result.totals());
    result.totals().forEach(total -> add(total, BigInteger.ONE));
    settle(result.totals());
    requireBounds(result, first);
    BigInteger mintable =
        result.totals().stream()
            .filter(total -> isMinted(total.kind()))
            .map(Result.Total::amount)
            .reduce(
                stack.isEmpty() ? BigInteger.ZERO : stack.getLast().mintable(), BigInteger::add);
    stack.add(new Accepted(result, hash, first, mintable, ledger.now));
    next = Optional.of(result.epoch() + 1);
    coveredFrom = next;
    ledger.emit(
        "ResultAccepted",
        result.epoch(),
        hash,
        Ledger.values(result),
        signed.signers(),
        signed.weight(),
        signed.total());
  }

  /** Totals ascend strictly by (kind, network); kinds 6 and 7 belong to network 0. */
  private static void requireOrder(List<Result.Total> totals) {
    Refusal.unless(totals.size() <= MAX_TOTALS, "TooManyTotals");
    for (int i = 0; i < totals.size(); i++) {
      Result.Total total = totals.get(i);
      int before = i == 0 ? 0 : totals.get(i - 1).kind();
      Refusal.unless(total.kind() >= PAYMENT && total.kind() <= TREASURY, "UnknownKind");
      Refusal.unless(total.kind() >= before, "TotalsNotAscending");
      Refusal.unless(total.kind() < DUTY || total.network() == 0, "WrongNetwork");
      Refusal.unless(
          total.kind() != before || total.network() > totals.get(i - 1).network(),
          "TotalsNotAscending");
    }
  }

  private void add(Result.Total total, BigInteger sign) {
    authorised.merge(
        new Line(total.kind(), total.network()), total.amount().multiply(sign), BigInteger::add);
  }

  private void settle(List<Result.Total> totals) {
    int kept = parameters.mBurnBps() + parameters.mOpsBps();
    for (long network : settledNetworks(totals)) {
      BigInteger basis = amount(totals, BASIS, network);
      Refusal.unless(
          amount(totals, PAYMENT, network).compareTo(EmissionRules.share(basis, 10_000 - kept))
              <= 0,
          "PaymentExceedsBasis");
      ledger.credits.settle(network, amount(totals, CHARGE, network), basis);
    }
  }

  /** Networks with payments, charges or basis, ascending. */
  private static Set<Long> settledNetworks(List<Result.Total> totals) {
    Set<Long> networks = new TreeSet<>();
    totals.stream()
        .filter(total -> total.kind() <= BASIS)
        .forEach(total -> networks.add(total.network()));
    return networks;
  }

  private static BigInteger amount(List<Result.Total> totals, int kind, long network) {
    return totals.stream()
        .filter(total -> total.kind() == kind && total.network() == network)
        .map(Result.Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void requireBounds(Result result, long first) {
    for (Result.Total total : result.totals()) {
      if (total.kind() == OPERATIONS) {
        BigInteger limit =
            EmissionRules.share(authorised(BASIS, total.network()), parameters.mOpsBps());
        Refusal.unless(
            authorised(OPERATIONS, total.network()).compareTo(limit) <= 0, "OperationsExceedShare");
      }
    }
    long vested = result.epoch() - parameters.vestingEpochs();
    boolean any = false;
    for (Result.Total total : result.totals()) {
      if (total.kind() == BOOTSTRAP) {
        any = true;
        BigInteger limit =
            vested < 0 ? BigInteger.ZERO : ledger.networks.budgetUpTo(total.network(), vested);
        Refusal.unless(
            authorised(BOOTSTRAP, total.network()).compareTo(limit) <= 0, "BootstrapExceedsBudget");
      }
    }
    if (any) {
      BigInteger limit = vested < 0 ? BigInteger.ZERO : ledger.emission.bootstrapUpTo(vested);
      Refusal.unless(authorisedBootstrap().compareTo(limit) <= 0, "BootstrapExceedsBudget");
    }
    boolean emitted =
        amount(result.totals(), DUTY, 0)
                    .compareTo(ledger.emission.operatorsBetween(first, result.epoch()))
                <= 0
            && amount(result.totals(), TREASURY, 0)
                    .compareTo(ledger.emission.treasuryBetween(first, result.epoch()))
                <= 0;
    Refusal.unless(emitted, "EmissionExceedsSchedule");
  }

  private BigInteger authorisedBootstrap() {
    return authorised.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == BOOTSTRAP)
        .map(Map.Entry::getValue)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void present(Command.Results.Present c) {
    requireNothingVoid();
    Refusal.unless(
        c.epoch() == nextEpoch() && ledger.now >= ledger.clock.commitDeadlineOf(c.epoch()),
        "PresenceNotAsked");
    Signed signed =
        verify(presenceHash(c.epoch()), c.signatures(), ledger.clock.openingOf(c.epoch()));
    for (AccountId signer : signed.signers()) {
      if (ledger.operators.markPresent(c.epoch(), signer)) {
        ledger.emit("VerifierPresent", c.epoch(), signer);
      }
    }
  }

  private void skip(long epoch) {
    requireNothingVoid();
    boolean allowed =
        epoch == nextEpoch()
            && ledger.operators.firstJoinedAt() > 0
            && ledger.now >= ledger.clock.commitDeadlineOf(epoch + parameters.skipEpochs());
    Refusal.unless(allowed, "SkipNotAllowed");
    coveredFrom = Optional.of(coveredFrom());
    next = Optional.of(epoch + 1);
    ledger.operators.decay(epoch);
    ledger.emit("EpochSkipped", epoch);
  }

  private void finalise(BigInteger max) {
    BigInteger moved = BigInteger.ZERO;
    while (moved.compareTo(max) < 0 && finals < stack.size()) {
      Accepted accepted = stack.get(finals);
      if (isVoid(accepted) || held.contains(accepted.hash()) || mayBeDisputed(accepted)) {
        return;
      }
      finals++;
      moved = moved.add(BigInteger.ONE);
      ledger.emit("ResultFinal", accepted.epoch(), accepted.hash(), accepted.result().moneyRoot());
    }
  }

  /** Holds a pending result whose dispute window is open. */
  void hold(long epoch) {
    Accepted accepted = pending(epoch);
    Refusal.unless(mayBeDisputed(accepted), "NotPending");
    held.add(accepted.hash());
    ledger.emit("ResultHeld", epoch, accepted.hash(), true);
  }

  void letGo(long epoch) {
    Accepted accepted = pending(epoch);
    held.remove(accepted.hash());
    ledger.emit("ResultHeld", epoch, accepted.hash(), false);
  }

  void voidFrom(long epoch) {
    Accepted accepted = pending(epoch);
    attempt++;
    voidFrom = Optional.of(epoch);
    voided.add(accepted.hash());
    ledger.emit("ResultsVoided", epoch, accepted.hash(), attempt);
  }

  private void rollback(Result result) {
    long from = voidFrom.orElseThrow(() -> new Refusal("NothingToRollBack"));
    Refusal.unless(result.structHash().equals(headHash()), "NotHead");
    Accepted head = stack.removeLast();
    if (head.epoch() == from) {
      voidFrom = Optional.empty();
    }
    next = Optional.of(head.epoch());
    coveredFrom = Optional.of(head.first());
    held.remove(head.hash());
    List<Result.Total> totals = head.result().totals();
    totals.forEach(total -> add(total, BigInteger.ONE.negate()));
    for (long network : settledNetworks(totals)) {
      ledger.credits.unsettle(
          network, amount(totals, CHARGE, network), amount(totals, BASIS, network));
    }
    ledger.emit("ResultRolledBack", head.epoch(), head.hash());
  }

  /** Recovers signers, who must ascend and have weight at a moment. */
  Signed verify(Hash structHash, List<Bytes> signatures, long timestamp) {
    Hash digest = ledger.parameters.domain().digest(structHash);
    List<AccountId> signers = new ArrayList<>();
    BigInteger signed = BigInteger.ZERO;
    AccountId previous = AccountId.ZERO;
    for (Bytes signature : signatures) {
      AccountId signer =
          AccountSignatures.recover(digest, signature)
              .orElseThrow(() -> new Refusal("InvalidSignature"));
      Refusal.unless(signer.compareTo(previous) > 0, "SignersNotAscending");
      BigInteger weight = ledger.operators.weightAt(OperatorsBook.VERIFIER, signer, timestamp);
      Refusal.unless(weight.signum() > 0, "SignerNotStaked");
      signed = signed.add(weight);
      signers.add(signer);
      previous = signer;
    }
    return new Signed(signers, signed, ledger.operators.totalAt(OperatorsBook.VERIFIER, timestamp));
  }

  /** The leaf must stand under the final money root. */
  void requireLeaf(int kind, long network, Hash subject, BigInteger cumulative, List<Hash> proof) {
    Hash leaf = leaf(kind, network, subject, cumulative);
    Refusal.unless(StandardMerkleTree.verify(finalRoot(), leaf, proof), "InvalidProof");
  }

  static Hash leaf(int kind, long network, Hash subject, BigInteger cumulative) {
    return StandardMerkleTree.leafHash(
        new org.groundwork.protocol.CanonicalWriter()
            .u256(BigInteger.valueOf(kind))
            .u256(BigInteger.valueOf(network))
            .hash(subject)
            .u256(cumulative)
            .toBytes());
  }

  private Hash deployment() {
    return ledger.parameters.domain().deployment().hash();
  }

  Hash indexHash(long epoch, AccountId gateway, Hash index) {
    return Words.ofType(
            "IndexCertificate(bytes32 deployment,uint64 epoch,address gateway,bytes32 index)")
        .add(deployment())
        .add(epoch)
        .add(gateway)
        .add(index)
        .keccak();
  }

  Hash presenceHash(long epoch) {
    return Words.ofType("Presence(bytes32 deployment,uint64 epoch)")
        .add(deployment())
        .add(epoch)
        .keccak();
  }

  private void requireNothingVoid() {
    Refusal.unless(voidFrom.isEmpty(), "RollbackPending");
  }

  private boolean isVoid(Accepted accepted) {
    return voidFrom.isPresent() && accepted.epoch() >= voidFrom.get();
  }

  boolean mayBeDisputed(Accepted accepted) {
    return ledger.now < accepted.acceptedAt() + ledger.clock.seconds(parameters.disputeSlots());
  }

  /** A result that is neither final nor void. */
  private Accepted pending(long epoch) {
    return stack.subList(finals, stack.size()).stream()
        .filter(accepted -> accepted.epoch() == epoch && !isVoid(accepted))
        .findAny()
        .orElseThrow(() -> new Refusal("NotPending"));
  }

  Optional<Accepted> accepted(long epoch) {
    return stack.stream().filter(one -> one.epoch() == epoch).findAny();
  }

  List<Accepted> stack() {
    return stack;
  }

  int finals() {
    return finals;
  }

  long attempt() {
    return attempt;
  }

  Optional<Long> voidFrom() {
    return voidFrom;
  }

  boolean isVoided(Hash resultHash) {
    return voided.contains(resultHash);
  }

  Hash headHash() {
    return stack.isEmpty() ? Hash.ZERO : stack.getLast().hash();
  }

  Hash finalRoot() {
    return finals == 0 ? Hash.ZERO : stack.get(finals - 1).result().moneyRoot();
  }

  BigInteger finalMintable() {
    return finals == 0 ? BigInteger.ZERO : stack.get(finals - 1).mintable();
  }

  /** Whether the result of an epoch, or of a later one, is final. */
  boolean isFinal(long epoch) {
    return finals > 0 && stack.get(finals - 1).epoch() >= epoch;
  }

  BigInteger authorised(int kind, long network) {
    return authorised.getOrDefault(new Line(kind, network), BigInteger.ZERO);
  }

  Hash inputsOf(long epoch) {
    return inputs.getOrDefault(epoch, Hash.ZERO);
  }

  /** Before the first: the first epoch that opened when a verifier had joined already. */
  long nextEpoch() {
    if (next.isPresent()) {
      return next.get();
    }
    long joined = ledger.operators.firstJoinedAt();
    long epoch = parameters.firstEpoch();
    while (ledger.clock.openingOf(epoch) < joined) {
      epoch++;
    }
    return epoch;
  }

  long coveredFrom() {
    return coveredFrom.orElseGet(this::nextEpoch);
  }

  Hash coveredInputs() {
    Hash fold = inputsOf(coveredFrom());
    for (long epoch = coveredFrom() + 1; epoch <= nextEpoch(); epoch++) {
      fold = new Words().add(fold).add(inputsOf(epoch)).keccak();
    }
    return fold;
  }

  void addViews(List<View> views) {
    views.add(View.of(NAME, "nextEpoch", List.of(), nextEpoch()));
    views.add(View.of(NAME, "coveredFrom", List.of(), coveredFrom()));
    views.add(View.of(NAME, "coveredInputs", List.of(), coveredInputs()));
    views.add(View.of(NAME, "attempt", List.of(), attempt));
    views.add(View.of(NAME, "voided", List.of(), voidFrom.isPresent(), voidFrom.orElse(0L)));
    views.add(View.of(NAME, "finalMintable", List.of(), finalMintable()));
    addHead(views, "latest", stack.size());
    addHead(views, "finalised", finals);
    authorised.forEach((line, amount) ->
        views.add(View.of(NAME, "authorised", List.of(line.kind(), line.network()), amount)));
    inputs.forEach((epoch, hash) -> views.add(View.of(NAME, "inputsOf", List.of(epoch), hash)));
    voided.forEach(hash -> views.add(View.of(NAME, "isVoided", List.of(hash), true)));
    for (Accepted accepted : stack.subList(Math.max(0, finals - 1), stack.size())) {
      views.add(View.of(NAME, "isHeld", List.of(accepted.epoch()), held.contains(accepted.hash())));
      views.add(View.of(NAME, "result", List.of(accepted.epoch()), values(accepted)));
    }
    views.add(
        View.of(
            NAME,
            "result",
            List.of(nextEpoch()),
            List.of(Hash.ZERO, Hash.ZERO, BigInteger.ZERO, 0L, 0L)));
  }

  private void addHead(List<View> views, String function, int size) {
    if (size == 0) {
      views.add(View.of(NAME, function, List.of(), 0L, Hash.ZERO, Hash.ZERO));
      return;
    }
    Accepted head = stack.get(size - 1);
    views.add(
        View.of(NAME, function, List.of(), head.epoch(), head.hash(), head.result().moneyRoot()));
  }

  private static List<Object> values(Accepted accepted) {
    return List.of(
        accepted.hash(),
        accepted.result().moneyRoot(),
        accepted.mintable(),
        accepted.first(),
        accepted.acceptedAt());
  }
}

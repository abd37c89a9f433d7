package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.protocol.crypto.AccountSignatures;

/** Stake taken for what was signed and must not have been. */
final class SlashingBook {
  private static final long MAX_BATCH = 1 << 20;
  private static final BigInteger QUARTER = BigInteger.valueOf(4);
  private static final String NAME = "Slashing";

  /** As {@code ISlashing.Seizure.state}, from 1. */
  enum State {
    NONE(0),
    PENDING(1),
    BURNED(2),
    PARDONED(3);

    final long number;

    State(long number) {
      this.number = number;
    }
  }

  record Seizure(
      AccountId operator, BigInteger amount, long ripeAt, AccountId disputer, State state) {
    Seizure in(State now) {
      return new Seizure(operator, amount, ripeAt, disputer, now);
    }
  }

  private record Offence(Hash what, AccountId signer) {}

  private record Taken(AccountId operator, BigInteger amount) {}

  private final Ledger ledger;
  private final List<Seizure> seizures;
  private final Set<Offence> punished;

  SlashingBook(Ledger ledger) {
    this.ledger = ledger;
    seizures = new ArrayList<>();
    punished = new HashSet<>();
  }

  SlashingBook(Ledger ledger, SlashingBook from) {
    this.ledger = ledger;
    seizures = new ArrayList<>(from.seizures);
    punished = new HashSet<>(from.punished);
  }

  void apply(Command.Slashing command) {
    switch (command) {
      case Command.Slashing.Equivocation c -> equivocation(c);
      case Command.Slashing.SignedVoid c -> signedVoid(c);
      case Command.Slashing.Execute c -> execute(c.id());
      case Command.Slashing.Pardon c -> pardon(c);
      case Command.Slashing.BrokenPromise c -> brokenPromise(c);
    }
  }

  private void equivocation(Command.Slashing.Equivocation c) {
    Hash deployment = ledger.parameters.domain().deployment().hash();
    Result first = c.first();
    Result second = c.second();
    boolean contradict =
        first.deployment().equals(deployment)
            && second.deployment().equals(deployment)
            && first.epoch() == second.epoch()
            && first.attempt() == second.attempt()
            && first.closeBlock().equals(second.closeBlock())
            && !first.structHash().equals(second.structHash());
    Refusal.unless(contradict, "NoContradiction");
    AccountId signer = recover(first.structHash(), c.firstSignature());
    AccountId same = recover(second.structHash(), c.secondSignature());
    Refusal.unless(signer.equals(same), "InvalidSignature");
    Hash offence =
        new Words()
            .add(deployment)
            .add(first.epoch())
            .add(first.attempt())
            .add(first.closeBlock())
            .keccak();
    Taken taken = punish(OperatorsBook.VERIFIER, offence, signer, 1);
    BigInteger share = taken.amount().divide(QUARTER);
    ledger.emit(
        "EquivocationProved",
        first.epoch(),
        taken.operator(),
        signer,
        taken.amount(),
        ledger.sender,
        share);
    burn(taken.amount(), ledger.sender);
  }

  private void signedVoid(Command.Slashing.SignedVoid c) {
    Hash hash = c.result().structHash();
    Refusal.unless(ledger.results.isVoided(hash), "NotVoided");
    AccountId signer = recover(hash, c.signature());
    Taken taken = punish(OperatorsBook.VERIFIER, hash, signer, 2);
    AccountId disputer =
        ledger.council.disputeOf(hash).map(CouncilBook.Dispute::disputer).orElseThrow();
    long ripeAt = ledger.now + ledger.clock.seconds(ledger.parameters.disputes().appealSlots());
    seizures.add(new Seizure(taken.operator(), taken.amount(), ripeAt, disputer, State.PENDING));
    ledger.emit(
        "SignerOfVoidSeized",
        (long) seizures.size(),
        hash,
        taken.operator(),
        signer,
        taken.amount(),
        ripeAt);
  }

  private void execute(BigInteger id) {
    Seizure seizure = pending(id);
    Refusal.unless(ledger.now >= seizure.ripeAt(), "NotPendingSeizure");
    close(id, State.BURNED, "");
    burn(seizure.amount(), seizure.disputer());
  }

  private void pardon(Command.Slashing.Pardon c) {
    ledger.requireOwner();
    CouncilBook.requireReason(c.reason());
    Seizure seizure = pending(c.id());
    close(c.id(), State.PARDONED, c.reason());
    ledger.token.move(ledger.address(NAME), seizure.operator(), seizure.amount());
  }

  private void brokenPromise(Command.Slashing.BrokenPromise c) {
    GatewayPromise promise = c.promise();
    long epoch = promise.slot() / ledger.parameters.clock().slotsPerEpoch();
    Refusal.unless(ledger.now >= ledger.clock.commitDeadlineOf(epoch), "CommitDeadlineNotPassed");
    Refusal.unless(
        recover(promiseHash(c.gateway(), promise), promise.signature()).equals(c.gateway()),
        "InvalidSignature");
    Hash offence = brokenPromiseHash(epoch, c.gateway(), promise.report());
    ResultsBook.Signed signed =
        ledger.results.verify(offence, c.signatures(), ledger.clock.openingOf(epoch));
    Refusal.unless(Ledger.isTwoThirds(signed.weight(), signed.total()), "QuorumNotReached");
    Taken taken = punish(OperatorsBook.GATEWAY, offence, c.gateway(), 10);
    ledger.emit(
        "PromiseBroken", epoch, taken.operator(), c.gateway(), promise.report(), taken.amount());
    ledger.token.burn(ledger.address(NAME), taken.amount());
  }

  /** Once for an offence and a signer: this part of what the operator has at stake. */
  private Taken punish(int role, Hash what, AccountId signer, long divisor) {
    Offence offence = new Offence(what, signer);
    Refusal.unless(!punished.contains(offence), "AlreadySlashed");
    AccountId operator = ledger.operators.operatorOf(role, signer);
    BigInteger amount =
        ledger.operators.slashable(role, operator).divide(BigInteger.valueOf(divisor));
    Refusal.unless(amount.signum() > 0, "NothingToSlash");
    punished.add(offence);
    return new Taken(operator, ledger.operators.seize(role, operator, amount));
  }

  /** A quarter for the reporter, the rest for nobody. */
  private void burn(BigInteger amount, AccountId reporter) {
    BigInteger share = amount.divide(QUARTER);
    ledger.token.burn(ledger.address(NAME), amount.subtract(share));
    ledger.token.move(ledger.address(NAME), reporter, share);
  }

  private AccountId recover(Hash structHash, Bytes signature) {
    return AccountSignatures.recover(ledger.parameters.domain().digest(structHash), signature)
        .orElseThrow(() -> new Refusal("InvalidSignature"));
  }

  private Hash promiseHash(AccountId gateway, GatewayPromise promise) {
    Refusal.unless(promise.size() <= MAX_BATCH && promise.index() < promise.size(), "InvalidPath");
    Optional<Hash> batch =
        HashTree.rootFrom(
            HashTree.leaf(promise.report().bytes()),
            (int) promise.index(),
            (int) promise.size(),
            promise.path());
    Hash root = batch.orElseThrow(() -> new Refusal("InvalidPath"));
    return promiseHash(gateway, promise.slot(), root);
  }

  Hash promiseHash(AccountId gateway, long slot, Hash batch) {
    return Words.ofType("Promise(bytes32 deployment,address gateway,uint64 slot,bytes32 batch)")
        .add(ledger.parameters.domain().deployment().hash())
        .add(gateway)
        .add(slot)
        .add(batch)
        .keccak();
  }

  Hash brokenPromiseHash(long epoch, AccountId gateway, Hash report) {
    return Words.ofType(
            "BrokenPromise(bytes32 deployment,uint64 epoch,address gateway,bytes32 report)")
        .add(ledger.parameters.domain().deployment().hash())
        .add(epoch)
        .add(gateway)
        .add(report)
        .keccak();
  }

  private Seizure pending(BigInteger id) {
    boolean known = id.signum() > 0 && id.compareTo(BigInteger.valueOf(seizures.size())) <= 0;
    Refusal.unless(known, "NotPendingSeizure");
    Seizure seizure = seizures.get(id.intValue() - 1);
    Refusal.unless(seizure.state() == State.PENDING, "NotPendingSeizure");
    return seizure;
  }

  private void close(BigInteger id, State state, String reason) {
    Seizure seizure = seizures.get(id.intValue() - 1);
    seizures.set(id.intValue() - 1, seizure.in(state));
    ledger.emit("SeizureClosed", id, seizure.operator(), state == State.PARDONED, reason);
  }

  List<Seizure> seizures() {
    return seizures;
  }

  void addViews(List<View> views) {
    views.add(View.of(NAME, "seizureCount", List.of(), (long) seizures.size()));
    for (int i = 0; i < seizures.size(); i++) {
      Seizure one = seizures.get(i);
      views.add(
          View.of(
              NAME,
              "seizure",
              List.of(i + 1L),
              List.of(
                  one.operator(), one.amount(), one.ripeAt(), one.disputer(), one.state().number)));
    }
  }
}

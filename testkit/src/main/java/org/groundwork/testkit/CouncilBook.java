package org.groundwork.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountSignatures;

/** Disputes of pending results, and who decides them. */
final class CouncilBook {
  private static final BigInteger MIN_BOND = BigInteger.TEN.pow(18);
  private static final BigInteger MAX_BOND = BigInteger.TEN.pow(24);
  private static final long MIN_TERM = 3_600;
  private static final long MAX_TERM = 366 * 86_400L;
  private static final int MAX_REASON_BYTES = 1_024;
  private static final String NAME = "Council";

  /** As {@code ICouncil.Dispute.state}, from 1. */
  enum State {
    NONE(0),
    OPEN(1),
    UPHELD(2),
    REJECTED(3);

    final long number;

    State(long number) {
      this.number = number;
    }
  }

  record Dispute(
      long epoch,
      Hash resultHash,
      AccountId disputer,
      BigInteger bond,
      long deadline,
      int members,
      int votesFor,
      int votesAgainst,
      State state,
      Set<AccountId> voted) {
    Dispute withVote(AccountId member, boolean forVoid) {
      Set<AccountId> more = new HashSet<>(voted);
      more.add(member);
      return new Dispute(
          epoch,
          resultHash,
          disputer,
          bond,
          deadline,
          members,
          votesFor + (forVoid ? 1 : 0),
          votesAgainst + (forVoid ? 0 : 1),
          state,
          more);
    }

    Dispute closed(State how) {
      return new Dispute(
          epoch, resultHash, disputer, bond, deadline, members, votesFor, votesAgainst, how, voted);
    }
  }

  private final Ledger ledger;
  private final List<Dispute> disputes;
  private final Set<AccountId> shown;
  private List<AccountId> members;
  private long until;
  private BigInteger bond;

  CouncilBook(Ledger ledger) {
    this.ledger = ledger;
    disputes = new ArrayList<>();
    shown = new HashSet<>();
    members = ledger.parameters.disputes().council();
    until = ledger.parameters.disputes().councilUntil();
    bond = ledger.parameters.disputes().bond();
  }

  CouncilBook(Ledger ledger, CouncilBook from) {
    this.ledger = ledger;
    disputes = new ArrayList<>(from.disputes);
    shown = new HashSet<>(from.shown);
    members = from.members;
    until = from.until;
    bond = from.bond;
  }

  void apply(Command.Council command) {
    switch (command) {
      case Command.Council.Dispute c -> dispute(c);
      case Command.Council.Vote c -> vote(c);
      case Command.Council.Expire c -> expire(c.id());
      case Command.Council.ShowSigner c -> showSigner(c);
      case Command.Council.Elect c -> elect(c);
      case Command.Council.SetBond c -> {
        ledger.requireOwner();
        boolean allowed = c.bond().compareTo(MIN_BOND) >= 0 && c.bond().compareTo(MAX_BOND) <= 0;
        Refusal.unless(allowed, "InvalidCouncilParameters");
        bond = c.bond();
        ledger.emit("DisputeBondSet", bond);
      }
    }
  }

  static void requireReason(String reason) {
    int length = reason.getBytes(StandardCharsets.UTF_8).length;
    Refusal.unless(length > 0 && length <= MAX_REASON_BYTES, "InvalidReason");
  }

  private void dispute(Command.Council.Dispute c) {
    requireReason(c.reason());
    ResultsBook.Accepted accepted =
        ledger
            .results
            .accepted(c.epoch())
            .filter(ledger.results::mayBeDisputed)
            .orElseThrow(() -> new Refusal("NotDisputable"));
    Refusal.unless(disputeOf(accepted.hash()).isEmpty(), "AlreadyDisputed");
    long deadline = ledger.now + ledger.clock.seconds(ledger.parameters.disputes().councilSlots());
    disputes.add(
        new Dispute(
            c.epoch(),
            accepted.hash(),
            ledger.sender,
            bond,
            deadline,
            members.size(),
            0,
            0,
            State.OPEN,
            Set.of()));
    ledger.emit(
        "DisputeOpened",
        (long) disputes.size(),
        c.epoch(),
        accepted.hash(),
        ledger.sender,
        bond,
        c.evidence(),
        c.reason());
    ledger.results.hold(c.epoch());
    ledger.token.pull(ledger.address(NAME), bond);
  }

  private void vote(Command.Council.Vote c) {
    requireReason(c.reason());
    Refusal.unless(isMember(ledger.sender), "NotMember");
    Dispute before = dispute(c.id());
    boolean open =
        before.state() == State.OPEN && ledger.now <= before.deadline() && !isMoot(before);
    Refusal.unless(open, "NotOpen");
    Refusal.unless(!before.voted().contains(ledger.sender), "AlreadyVoted");
    Dispute after = before.withVote(ledger.sender, c.forVoid());
    set(c.id(), after);
    ledger.emit("CouncilVoted", c.id(), ledger.sender, c.forVoid(), c.reason());
    if (2 * after.votesFor() > after.members()) {
      close(c.id(), State.UPHELD);
      ledger.results.voidFrom(after.epoch());
    } else if (2 * (after.members() - after.votesAgainst()) <= after.members()) {
      close(c.id(), State.REJECTED);
      ledger.results.letGo(after.epoch());
    }
  }

  private void expire(BigInteger id) {
    Dispute dispute = dispute(id);
    Refusal.unless(dispute.state() == State.OPEN, "NotOpen");
    if (isMoot(dispute)) {
      close(id, State.UPHELD);
      return;
    }
    Refusal.unless(ledger.now > dispute.deadline(), "StillOpen");
    close(id, State.REJECTED);
    ledger.results.letGo(dispute.epoch());
  }

  private void showSigner(Command.Council.ShowSigner c) {
    Hash hash = c.result().structHash();
    AccountId signer =
        AccountSignatures.recover(ledger.parameters.domain().digest(hash), c.signature())
            .orElseThrow(() -> new Refusal("InvalidSignature"));
    shown.add(signer);
    ledger.emit("SignerShown", signer, hash);
  }

  private void elect(Command.Council.Elect c) {
    ledger.requireOwner();
    boolean allowed =
        c.members().size() >= 3
            && c.members().size() <= 15
            && c.term() >= MIN_TERM
            && c.term() <= MAX_TERM;
    Refusal.unless(allowed, "InvalidCouncilParameters");
    for (AccountId member : c.members()) {
      Refusal.unless(!member.equals(AccountId.ZERO) && !isVerifier(member), "InvalidMember");
    }
    Refusal.unless(Set.copyOf(c.members()).size() == c.members().size(), "InvalidMember");
    members = List.copyOf(c.members());
    until = ledger.now + c.term();
    ledger.emit("CouncilElected", members, until);
  }

  /** The bond goes back, or is burned. */
  private void close(BigInteger id, State how) {
    Dispute dispute = dispute(id);
    set(id, dispute.closed(how));
    ledger.emit("DisputeClosed", id, dispute.epoch(), dispute.resultHash(), how == State.UPHELD);
    if (how == State.UPHELD) {
      ledger.token.move(ledger.address(NAME), dispute.disputer(), dispute.bond());
    } else {
      ledger.token.burn(ledger.address(NAME), dispute.bond());
    }
  }

  /** Whether the result went with one before it. */
  private boolean isMoot(Dispute dispute) {
    Optional<ResultsBook.Accepted> accepted = ledger.results.accepted(dispute.epoch());
    boolean there = accepted.filter(one -> one.hash().equals(dispute.resultHash())).isPresent();
    Optional<Long> from = ledger.results.voidFrom();
    return !there || (from.isPresent() && dispute.epoch() >= from.get());
  }

  boolean isMember(AccountId account) {
    return ledger.now < until && members.contains(account) && !isVerifier(account);
  }

  /** An operator with stake, or a signer with weight that is shown to sign. */
  private boolean isVerifier(AccountId account) {
    int role = OperatorsBook.VERIFIER;
    return ledger.operators.slashable(role, account).signum() > 0
        || (shown.contains(account)
            && ledger.operators.weightAt(role, account, ledger.now).signum() > 0);
  }

  private Dispute dispute(BigInteger id) {
    boolean known = id.signum() > 0 && id.compareTo(BigInteger.valueOf(disputes.size())) <= 0;
    Refusal.unless(known, "NotOpen");
    return disputes.get(id.intValue() - 1);
  }

  private void set(BigInteger id, Dispute dispute) {
    disputes.set(id.intValue() - 1, dispute);
  }

  Optional<Dispute> disputeOf(Hash resultHash) {
    return disputes.stream().filter(one -> one.resultHash().equals(resultHash)).findAny();
  }

  List<Dispute> disputes() {
    return disputes;
  }

  List<AccountId> members() {
    return members;
  }

  void addViews(List<View> views) {
    views.add(View.of(NAME, "council", List.of(), members, until));
    views.add(View.of(NAME, "bond", List.of(), bond));
    views.add(View.of(NAME, "disputeCount", List.of(), (long) disputes.size()));
    for (int i = 0; i < disputes.size(); i++) {
      Dispute one = disputes.get(i);
      views.add(
          View.of(
              NAME,
              "disputeOf",
              List.of(i + 1L),
              List.of(
                  one.epoch(),
                  one.resultHash(),
                  one.disputer(),
                  one.bond(),
                  one.deadline(),
                  (long) one.members(),
                  (long) one.votesFor(),
                  (long) one.votesAgainst(),
                  one.state().number)));
      views.add(View.of(NAME, "disputeIdOf", List.of(one.resultHash()), i + 1L));
    }
  }
}

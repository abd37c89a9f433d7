package org.groundwork.node.verifier;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the signatures of those who found the same result, and submits it when strictly more than
 * two thirds of the stake signed. One verifier after the other gets its turn to submit.
 */
final class Quorum {
  private static final Logger LOG = LoggerFactory.getLogger(Quorum.class);

  /**
   * After this long without a quorum it says so, and after this long it submits again what is not
   * final: its block may have been taken back.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AccountId self;
  private final EpochChain chain;
  private final StatementBook book;
  private final Poll poll;
  private final InstantSource clock;
  private final Turns turns;
  private final Contradictions contradictions;
  private final MeterRegistry meters;

  // Of the epoch that is being settled; used by one thread.
  private Hash subject = Hash.ZERO;
  private final SortedMap<AccountId, Bytes> signatures = new TreeMap<>();
  private final Set<AccountId> differing = new HashSet<>();
  private long since;
  private long reached;
  private long quietUntil;
  private boolean said;
  private volatile String waiting = "";

  /**
   * A quorum.
   *
   * @param turns in which verifiers submit
   * @param contradictions that is told what others signed
   */
  Quorum(
      AccountId self,
      EpochChain chain,
      StatementBook book,
      Poll poll,
      InstantSource clock,
      Turns turns,
      Contradictions contradictions,
      MeterRegistry meters) {
    this.self = self;
    this.chain = chain;
    this.book = book;
    this.poll = poll;
    this.clock = clock;
    this.turns = turns;
    this.contradictions = contradictions;
    this.meters = meters;
  }

  /** What it waits for; empty if for nothing. */
  String waiting() {
    return waiting;
  }

  boolean step() throws IOException {
    EpochNumber epoch = chain.nextEpoch();
    int attempt = chain.attempt();
    Optional<SignedStatement> own =
        book.statement(epoch).filter(signed -> signed.statement().attempt() == attempt);
    if (own.isEmpty() || chain.isRollbackDue()) {
      waiting = "";
      return false;
    }
    turnTo(own.get());
    StakedSet verifiers = chain.verifiers(epoch);
    ask(own.get(), verifiers);
    if (!verifiers.isMoreThanTwoThirds(signatures.keySet())) {
      sayIfLong(epoch, verifiers);
      return false;
    }
    waiting = "";
    if (reached == 0) {
      reached = clock.millis();
    }
    if (clock.millis() < quietUntil || !turns.isMine(epoch, verifiers, reached)) {
      return false;
    }
    chain.submit(own.get().statement(), counted(verifiers));
    meters.counter("groundwork.results.submitted").increment();
    LOG.info("Epoch {}: submitted with {} signatures", epoch, signatures.size());
    quietUntil = clock.millis() + PATIENCE.toMillis();
    return false;
  }

  private void turnTo(SignedStatement own) {
    Hash hash = own.statement().structHash();
    if (!hash.equals(subject)) {
      subject = hash;
      signatures.clear();
      differing.clear();
      since = clock.millis();
      reached = 0;
      quietUntil = 0;
      said = false;
    }
    signatures.put(self, own.signature());
  }

  private void ask(SignedStatement own, StakedSet verifiers) {
    SigningDomain domain = chain.domain();
    List<Operator> missing = new ArrayList<>();
    for (Operator verifier : verifiers.members()) {
      if (!signatures.containsKey(verifier.signer())) {
        missing.add(verifier);
      }
    }
    for (SignedStatement theirs : poll.statements(missing, own.statement().epoch())) {
      if (!theirs.isGenuine(domain)) {
        LOG.warn("Epoch {}: {} sent a wrong signature", own.statement().epoch(), theirs.signer());
        continue;
      }
      if (Subject.of(theirs.statement()).equals(Subject.of(own.statement()))) {
        contradictions.hear(theirs);
      }
      if (theirs.statement().equals(own.statement())) {
        signatures.put(theirs.signer(), theirs.signature());
      } else if (differing.add(theirs.signer())) {
        meters.counter("groundwork.statements.differing").increment();
        LOG.warn(
            "Epoch {}: {} found another result: {} instead of {}",
            own.statement().epoch(),
            theirs.signer(),
            theirs.statement(),
            own.statement());
      }
    }
  }

  private SortedMap<AccountId, Bytes> counted(StakedSet verifiers) {
    SortedMap<AccountId, Bytes> counted = new TreeMap<>(signatures);
    counted.keySet().removeIf(signer -> !verifiers.contains(signer));
    return counted;
  }

  private void sayIfLong(EpochNumber epoch, StakedSet verifiers) {
    waiting =
        "Epoch %s: %d of %d verifiers found the same result (%s of %s stake), %d another; more than"
                .formatted(
                    epoch,
                    signatures.size(),
                    verifiers.members().size(),
                    verifiers.stakeOf(signatures.keySet()),
                    verifiers.total(),
                    differing.size())
            + " two thirds of the stake are needed";
    if (!said && clock.millis() - since > PATIENCE.toMillis()) {
      said = true;
      LOG.warn("{}; waiting", waiting);
    }
  }
}

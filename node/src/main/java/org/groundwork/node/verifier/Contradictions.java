package org.groundwork.node.verifier;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for verifiers that sign two statements about the same, and proves it on chain. Compares
 * what they told this verifier, and that with the signatures of accepted results. Safe for use by
 * many threads.
 *
 * <p>What was heard is in memory, of the newest subjects alone: at most {@link #MAX_SUBJECTS} times
 * two statements of each verifier of the set that was asked.
 */
final class Contradictions {
  private static final Logger LOG = LoggerFactory.getLogger(Contradictions.class);

  static final int MAX_SUBJECTS = 8;

  /** A proof is given again after this long, until it is refused: its block may be taken back. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Two genuine statements of one signer about one subject. */
  private record Contradiction(SignedStatement first, SignedStatement second) {}

  /** What was heard about a subject. */
  private static final class Heard {
    private final Map<AccountId, SignedStatement> first = new TreeMap<>();
    private final Map<AccountId, Contradiction> contradictions = new TreeMap<>();
    private boolean compared;

    /** Whether somebody said something else. */
    private boolean isDoubted(Hash accepted) {
      return first.values().stream()
          .anyMatch(said -> !said.statement().structHash().equals(accepted));
    }
  }

  private final EpochChain chain;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final TreeMap<Subject, Heard> subjects = new TreeMap<>();
  private final Map<Contradiction, Long> due = new LinkedHashMap<>();

  Contradictions(EpochChain chain, InstantSource clock, MeterRegistry meters) {
    this.chain = chain;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Takes note of a statement.
   *
   * @param genuine whose signature was verified, of a member of the set of verifiers
   */
  synchronized void hear(SignedStatement genuine) {
    Heard heard = subjects.computeIfAbsent(Subject.of(genuine.statement()), _ -> new Heard());
    while (subjects.size() > MAX_SUBJECTS) {
      subjects.pollFirstEntry();
    }
    SignedStatement first = heard.first.putIfAbsent(genuine.signer(), genuine);
    if (first == null || first.statement().equals(genuine.statement())) {
      return;
    }
    Contradiction found = new Contradiction(first, genuine);
    if (heard.contradictions.putIfAbsent(genuine.signer(), found) == null) {
      due.put(found, 0L);
      meters.counter("groundwork.statements.contradicting").increment();
      LOG.warn(
          "Epoch {}: {} signed two results, {} and {}",
          genuine.statement().epoch(),
          genuine.signer(),
          first.statement(),
          genuine.statement());
    }
  }

  /** Looks at what was accepted since, and proves what is not proved. */
  boolean step() throws IOException {
    for (Subject subject : notCompared()) {
      compare(subject);
    }
    for (Contradiction each : due()) {
      prove(each);
    }
    return false;
  }

  private synchronized List<Subject> notCompared() {
    return subjects.entrySet().stream()
        .filter(each -> !each.getValue().compared)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void compare(Subject subject) throws IOException {
    Optional<AcceptedResult> accepted =
        chain
            .result(subject.epoch())
            .filter(result -> result.attempt() == subject.attempt())
            .filter(result -> result.closeBlock().equals(subject.closeBlock()));
    if (accepted.isEmpty()) {
      return;
    }
    if (isDoubted(subject, accepted.get().resultHash())) {
      for (SignedStatement signed : chain.signatures(subject.epoch())) {
        if (signed.isGenuine(chain.domain()) && isOf(subject, signed)) {
          hear(signed);
        }
      }
    }
    synchronized (this) {
      Optional.ofNullable(subjects.get(subject)).ifPresent(heard -> heard.compared = true);
    }
  }

  private synchronized boolean isDoubted(Subject subject, Hash accepted) {
    Heard heard = subjects.get(subject);
    return heard != null && heard.isDoubted(accepted);
  }

  /** Of those who said nothing here, nothing has to be kept. */
  private synchronized boolean isOf(Subject subject, SignedStatement signed) {
    Heard heard = subjects.get(subject);
    return heard != null
        && heard.first.containsKey(signed.signer())
        && Subject.of(signed.statement()).equals(subject);
  }

  private synchronized List<Contradiction> due() {
    long now = clock.millis();
    return due.entrySet().stream()
        .filter(each -> each.getValue() <= now)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void prove(Contradiction each) throws IOException {
    AccountId signer = each.first().signer();
    if (chain.proveEquivocation(each.first(), each.second())) {
      meters.counter("groundwork.equivocations.proved").increment();
      LOG.warn(
          "Epoch {}: proved on chain that {} signed two results",
          each.first().statement().epoch(),
          signer);
      synchronized (this) {
        due.put(each, clock.millis() + PATIENCE.toMillis());
      }
    } else {
      synchronized (this) {
        due.remove(each);
      }
    }
  }
}

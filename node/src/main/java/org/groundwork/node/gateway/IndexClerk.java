package org.groundwork.node.gateway;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.Peers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the segments of a closed epoch in indexes, has them certified and posts them before the
 * commit deadline. The first index waits for all verifiers' signatures for a while; what has no
 * quorum then goes into a later one.
 */
final class IndexClerk {
  private static final Logger LOG = LoggerFactory.getLogger(IndexClerk.class);

  /** The contract takes four of one gateway and epoch. */
  private static final int MAX_INDEXES = 4;

  private static final Duration CERTIFYING = Duration.ofSeconds(3);

  /**
   * What was posted is not posted again before it had this long to become final, or a quarter of
   * the time between close and deadline if that is shorter.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AccountKey key;
  private final EpochChain chain;
  private final InstantSource clock;
  private final Peers peers;
  private final Tasks tasks;
  private final IndexStore store;
  private final SealedLog sealed;
  private final DispatchLogs logs;

  /** When to post again what is not final yet, in milliseconds. Used by one thread. */
  private final Map<Hash, Long> quietUntil = new HashMap<>();

  IndexClerk(
      AccountKey key,
      EpochChain chain,
      InstantSource clock,
      Peers peers,
      Tasks tasks,
      IndexStore store,
      SealedLog sealed,
      DispatchLogs logs) {
    this.key = key;
    this.chain = chain;
    this.clock = clock;
    this.peers = peers;
    this.tasks = tasks;
    this.store = store;
    this.sealed = sealed;
    this.logs = logs;
  }

  /** Tends every epoch that is closed and whose deadline has not passed. */
  boolean step() throws IOException, InterruptedException {
    EpochSchedule schedule = chain.schedule();
    for (EpochNumber epoch : Distribution.underWay(schedule, clock)) {
      boolean closed = schedule.close(epoch) <= clock.instant().getEpochSecond();
      if (closed && sealed.through() >= schedule.lastSlot(epoch).value()) {
        tend(epoch);
      }
    }
    return false;
  }

  private void tend(EpochNumber epoch) throws IOException, InterruptedException {
    DispatchLog log = logs.of(epoch);
    for (Hash index : log.indexes()) {
      if (!log.isPosted(index)) {
        post(epoch, log, stored(index));
      }
    }
    if (log.indexes().size() < MAX_INDEXES) {
      compile(epoch, log);
    }
  }

  private SegmentIndex stored(Hash index) throws IOException {
    return store.get(index).orElseThrow(() -> new IOException("index " + index + " is gone"));
  }

  /** Makes an index of the segments that are in none, once there is no better one to wait for. */
  private void compile(EpochNumber epoch, DispatchLog log)
      throws IOException, InterruptedException {
    List<SealedSegment> left = unlisted(epoch, log);
    StakedSet verifiers = chain.verifiers(epoch);
    List<SealedSegment> ready = new ArrayList<>();
    boolean complete = true;
    for (SealedSegment segment : left) {
      var signers = log.signers(segment.segment());
      complete &= signers.size() == verifiers.members().size();
      if (verifiers.isMoreThanThird(signers) && ready.size() < SegmentIndex.MAX_ENTRIES) {
        ready.add(segment);
      }
    }
    int quartersPassed = quartersPassed(epoch);
    boolean due =
        complete || (quartersPassed >= 1 && ready.size() == left.size()) || quartersPassed >= 2;
    if (ready.isEmpty() || !due) {
      return;
    }
    SegmentIndex index = index(epoch, log, ready);
    Hash hash = store.put(index);
    log.addIndex(hash);
    LOG.info("Epoch {}: index {} lists {} segments", epoch, hash, ready.size());
    post(epoch, log, index);
  }

  private List<SealedSegment> unlisted(EpochNumber epoch, DispatchLog log) throws IOException {
    Set<Hash> listed = new HashSet<>();
    for (Hash index : log.indexes()) {
      stored(index).entries().forEach(entry -> listed.add(entry.segment()));
    }
    return sealed.segments(epoch).stream()
        .filter(segment -> !listed.contains(segment.segment()))
        .toList();
  }

  private SegmentIndex index(EpochNumber epoch, DispatchLog log, List<SealedSegment> segments) {
    TreeMap<Hash, IndexEntry> entries = new TreeMap<>();
    for (SealedSegment segment : segments) {
      Hash hash = segment.segment();
      entries.put(
          hash, new IndexEntry(hash, segment.size(), segment.records(), log.signatures(hash)));
    }
    return new SegmentIndex(
        chain.domain().deployment(), epoch, key.account(), List.copyOf(entries.values()));
  }

  /** How many quarters of the time between close and deadline have passed. */
  private int quartersPassed(EpochNumber epoch) {
    long close = chain.schedule().close(epoch) * 1000;
    return (int) ((clock.millis() - close) * 4 / millisToCommit(epoch));
  }

  private long millisToCommit(EpochNumber epoch) {
    return (chain.schedule().commitDeadline(epoch) - chain.schedule().close(epoch)) * 1000;
  }

  /** Posts an index, again if it is not final after a while: its block may have been taken back. */
  private void post(EpochNumber epoch, DispatchLog log, SegmentIndex index)
      throws IOException, InterruptedException {
    Hash hash = index.hash();
    if (!isFinal(epoch, log, hash) && clock.millis() >= quietUntil.getOrDefault(hash, 0L)) {
      StakedSet verifiers = chain.verifiers(epoch);
      SortedMap<AccountId, Bytes> certificates = certify(verifiers, index, hash);
      if (!verifiers.isMoreThanThird(certificates.keySet())) {
        throw new IOException(
            "Epoch %s: index %s has %d certificates, more than a third of the stake is needed"
                .formatted(epoch, hash, certificates.size()));
      }
      chain.commitIndex(epoch, key.account(), hash, certificates);
      LOG.info("Epoch {}: index {} is posted", epoch, hash);
      if (!isFinal(epoch, log, hash)) {
        long patience = Math.min(PATIENCE.toMillis(), millisToCommit(epoch) / 4);
        quietUntil.put(hash, clock.millis() + patience);
      }
    }
  }

  /** Whether final blocks show an index; if so it is done with. */
  private boolean isFinal(EpochNumber epoch, DispatchLog log, Hash index) throws IOException {
    if (!chain.isCommitted(epoch, key.account(), index)) {
      return false;
    }
    quietUntil.remove(index);
    log.markPosted(index);
    return true;
  }

  /** Asks all verifiers at once; takes what comes in a short time. */
  private SortedMap<AccountId, Bytes> certify(StakedSet verifiers, SegmentIndex index, Hash hash)
      throws InterruptedException {
    List<Callable<IndexCertificate>> questions = new ArrayList<>();
    for (Operator verifier : verifiers.members()) {
      questions.add(() -> peers.at(verifier.endpoint()).certify(chain.domain(), key, clock, index));
    }
    SortedMap<AccountId, Bytes> certificates = new TreeMap<>();
    for (IndexCertificate answer : tasks.ask(questions, CERTIFYING)) {
      keep(answer, verifiers, index, hash, certificates);
    }
    return certificates;
  }

  private void keep(
      IndexCertificate answer,
      StakedSet verifiers,
      SegmentIndex index,
      Hash hash,
      SortedMap<AccountId, Bytes> certificates) {
    IndexCertificate expected =
        new IndexCertificate(
            index.epoch(), key.account(), hash, answer.verifier(), answer.signature());
    if (verifiers.contains(answer.verifier()) && expected.isGenuine(chain.domain())) {
      certificates.put(answer.verifier(), answer.signature());
    }
  }
}

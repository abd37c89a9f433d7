package org.groundwork.node.gateway;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.node.run.Task;
import org.groundwork.node.run.Tasks;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes reports durable and promises them: one task gathers what waits, writes it as one group
 * commit, forces it, signs once. Which slot a report falls into is decided here and nowhere else.
 */
public final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** Requests that may wait for a group commit. */
  private static final int MAX_WAITING = 4096;

  /** What one group commit gathers at most, in reports and in bytes. */
  private static final int MAX_COMMIT = 8192;

  private static final int MAX_COMMIT_BYTES = 16 << 20;
  private static final Duration POLL = Duration.ofMillis(200);

  private record Waiting(List<Candidate> candidates, CompletableFuture<List<Answer>> answers) {}

  private final SigningDomain domain;
  private final EpochSchedule schedule;
  private final AccountKey key;
  private final InstantSource clock;
  private final GatewayLimits limits;
  private final PromiseBook book = new PromiseBook();
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ReentrantLock writing = new ReentrantLock();
  private final Task commits;

  // Guarded by writing.
  private final Journal journal;

  /** Written under writing; read without it where an answer may be out of date. */
  private volatile long closedThrough;

  private volatile boolean closed;

  /**
   * Opens the journal and learns from it what was promised.
   *
   * @param closedThrough the last slot that was sealed, or -1
   */
  Intake(
      Journal journal,
      SigningDomain domain,
      EpochSchedule schedule,
      AccountKey key,
      InstantSource clock,
      GatewayLimits limits,
      long closedThrough,
      Tasks tasks)
      throws IOException {
    this.journal = journal;
    this.domain = domain;
    this.schedule = schedule;
    this.key = key;
    this.clock = clock;
    this.limits = limits;
    this.closedThrough = closedThrough;
    for (SlotNumber slot : journal.slots()) {
      journal.read(slot, batch -> remember(slot, batch));
    }
    commits = tasks.createAwaited("journal", POLL, this::commit);
  }

  private void remember(SlotNumber slot, List<Report> reports) {
    List<Hash> hashes = reports.stream().map(Intake::hash).toList();
    book.add(schedule.epochOf(slot), new CommittedBatch(domain, key, slot, hashes));
  }

  void start() {
    commits.start();
  }

  /** The slot into which a report of this epoch would fall now; empty if its epoch is not open. */
  Optional<SlotNumber> slotFor(EpochNumber epoch) {
    long now = schedule.slotAt(clock.instant().getEpochSecond()).value();
    SlotNumber current = new SlotNumber(Math.max(now, closedThrough + 1));
    if (schedule.epochOf(current).equals(epoch)) {
      return Optional.of(current);
    }
    SlotNumber last = schedule.lastSlot(epoch);
    boolean grace =
        schedule.epochOf(current).value() - 1 == epoch.value() && last.value() > closedThrough;
    return grace ? Optional.of(last) : Optional.empty();
  }

  /** The promise that this report was given before. */
  Optional<Promise> known(EpochNumber epoch, Hash report) {
    return book.find(epoch, report);
  }

  /** Takes verified reports of one request; empty if too many requests wait. */
  Optional<Future<List<Answer>>> offer(List<Candidate> candidates) {
    CompletableFuture<List<Answer>> answers = new CompletableFuture<>();
    boolean taken = !closed && queue.offer(new Waiting(List.copyOf(candidates), answers));
    commits.wake();
    return taken ? Optional.of(answers) : Optional.empty();
  }

  /**
   * From now on nothing falls into this slot or an earlier one.
   *
   * @return the slots up to this one that hold reports
   */
  NavigableSet<SlotNumber> closeThrough(SlotNumber slot) throws IOException {
    writing.lock();
    try {
      closedThrough = Math.max(closedThrough, slot.value());
      return journal.slots().headSet(slot, true);
    } finally {
      writing.unlock();
    }
  }

  /** Reads what is promised for a slot that is closed, in order of arrival. */
  void read(SlotNumber slot, Journal.Commits commits) throws IOException {
    if (slot.value() > closedThrough) {
      throw new IllegalStateException("slot " + slot + " is open");
    }
    journal.read(slot, commits);
  }

  /** Forgets the epochs before this one: no report of theirs is admitted or answered any more. */
  void forgetBefore(EpochNumber epoch) throws IOException {
    writing.lock();
    try {
      for (SlotNumber slot : journal.slots().headSet(schedule.firstSlot(epoch), false)) {
        journal.delete(slot);
      }
      book.forgetBefore(epoch);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    commits.close();
    refuse(drain());
    writing.lock();
    try {
      journal.close();
    } finally {
      writing.unlock();
    }
  }

  /** One group commit of what waits; whether more does. */
  private boolean commit() {
    List<Waiting> waiting = gather();
    try {
      commit(waiting);
    } catch (IOException | RuntimeException e) {
      LOG.error("Reports cannot be made durable: {}; they are refused", e.toString());
    } finally {
      refuse(waiting);
    }
    return !queue.isEmpty();
  }

  private List<Waiting> gather() {
    List<Waiting> gathered = new ArrayList<>();
    int reports = 0;
    int bytes = 0;
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      gathered.add(next);
      reports += next.candidates.size();
      bytes += next.candidates.stream().mapToInt(each -> each.report().body().size()).sum();
      if (reports >= MAX_COMMIT || bytes >= MAX_COMMIT_BYTES) {
        break;
      }
    }
    return gathered;
  }

  /** Answers all that can be made durable; what throws leaves the rest unanswered. */
  private void commit(List<Waiting> gathered) throws IOException {
    Map<Hash, Answer> answers = new HashMap<>();
    writing.lock();
    try {
      for (Map.Entry<SlotNumber, Map<Hash, Candidate>> batch :
          bySlot(gathered, answers).entrySet()) {
        append(batch.getKey(), batch.getValue(), answers);
      }
    } finally {
      writing.unlock();
      gathered.forEach(waiting -> answer(waiting, answers));
    }
  }

  private static void answer(Waiting waiting, Map<Hash, Answer> answers) {
    Answer busy = new Answer.Refused(Refusal.BUSY);
    waiting.answers.complete(
        waiting.candidates.stream()
            .map(candidate -> answers.getOrDefault(candidate.hash(), busy))
            .toList());
  }

  private SortedMap<SlotNumber, Map<Hash, Candidate>> bySlot(
      List<Waiting> gathered, Map<Hash, Answer> answers) {
    SortedMap<SlotNumber, Map<Hash, Candidate>> slots = new TreeMap<>();
    for (Waiting waiting : gathered) {
      for (Candidate candidate : waiting.candidates) {
        EpochNumber epoch = candidate.body().sequence().epoch();
        Optional<Promise> before = known(epoch, candidate.hash());
        Optional<SlotNumber> slot = slotFor(epoch);
        if (before.isPresent()) {
          answers.put(candidate.hash(), new Answer.Promised(before.get()));
        } else if (slot.isEmpty()) {
          answers.put(candidate.hash(), new Answer.Refused(Refusal.OLD_EPOCH));
        } else if (book.size(epoch) < limits.maxReportsPerEpoch()) {
          slots
              .computeIfAbsent(slot.get(), _ -> new LinkedHashMap<>())
              .putIfAbsent(candidate.hash(), candidate);
        }
      }
    }
    return slots;
  }

  private void append(SlotNumber slot, Map<Hash, Candidate> candidates, Map<Hash, Answer> answers)
      throws IOException {
    journal.append(slot, candidates.values().stream().map(Candidate::report).toList());
    CommittedBatch batch = new CommittedBatch(domain, key, slot, List.copyOf(candidates.keySet()));
    for (Promise promise : batch.promises()) {
      answers.put(promise.report(), new Answer.Promised(promise));
    }
    book.add(schedule.epochOf(slot), batch);
  }

  private List<Waiting> drain() {
    List<Waiting> left = new ArrayList<>();
    queue.drainTo(left);
    return left;
  }

  private static void refuse(List<Waiting> unanswered) {
    unanswered.forEach(waiting -> answer(waiting, Map.of()));
  }

  private static Hash hash(Report report) {
    return Sha256.hash(report.body().unsafeArray());
  }
}

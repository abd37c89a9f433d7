package org.groundwork.node.gateway;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.groundwork.node.run.Task;
import org.groundwork.node.run.Tasks;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;
import org.jspecify.annotations.Nullable;
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

  /**
   * Pause after a commit for several requests. Each commit costs a signature of the gateway and a
   * forced write, so that under load fewer and larger ones admit more.
   */
  private static final Duration LINGER = Duration.ofMillis(8);

  /** The pause while senders wait for the threads that verify: they would wait there instead. */
  private static final Duration LINGER_WHEN_CROWDED = Duration.ofMillis(32);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Answer BUSY = new Answer.Refused(Refusal.BUSY);

  /** What one request asks for; answered once. */
  private static final class Waiting {
    final List<Candidate> candidates;
    final Consumer<List<Answer>> done;
    final @Nullable Answer[] answers;
    boolean answered;

    Waiting(List<Candidate> candidates, Consumer<List<Answer>> done) {
      this.candidates = candidates;
      this.done = done;
      answers = new Answer[candidates.size()];
    }

    /** Whatever has no answer by now was not kept. */
    void answer() {
      if (!answered) {
        answered = true;
        List<Answer> all = new ArrayList<>(answers.length);
        for (Answer each : answers) {
          boolean kept = !(each instanceof Answer.Promised promised) || promised.isDurable();
          all.add(each != null && kept ? each : BUSY);
        }
        try {
          done.accept(all);
        } catch (RuntimeException e) {
          LOG.error("Answers to {} reports were not taken", all.size(), e);
        }
      }
    }
  }

  /** What one commit puts into one slot. */
  private static final class Group {
    final EpochNumber epoch;
    final GroupCommit commit;
    final List<Report> reports = new ArrayList<>();

    Group(EpochNumber epoch, GroupCommit commit) {
      this.epoch = epoch;
      this.commit = commit;
    }
  }

  private final SigningDomain domain;
  private final EpochSchedule schedule;
  private final AccountKey key;
  private final InstantSource clock;
  private final GatewayLimits limits;
  private final BooleanSupplier crowded;
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
   * @param crowded whether senders wait for the threads that verify signatures
   */
  Intake(
      Journal journal,
      SigningDomain domain,
      EpochSchedule schedule,
      AccountKey key,
      InstantSource clock,
      GatewayLimits limits,
      long closedThrough,
      BooleanSupplier crowded,
      Tasks tasks)
      throws IOException {
    this.journal = journal;
    this.domain = domain;
    this.schedule = schedule;
    this.key = key;
    this.clock = clock;
    this.limits = limits;
    this.closedThrough = closedThrough;
    this.crowded = crowded;
    for (SlotNumber slot : journal.slots()) {
      journal.read(slot, batch -> remember(slot, batch));
    }
    commits = tasks.createAwaited("journal", POLL, this::commit);
  }

  private void remember(SlotNumber slot, List<Report> reports) {
    EpochNumber epoch = schedule.epochOf(slot);
    GroupCommit commit = new GroupCommit(domain, key, slot, reports.size());
    for (Report report : reports) {
      Hash hash = Sha256.hash(report.body().unsafeArray());
      book.putIfAbsent(epoch, hash, commit, commit.size());
      commit.add(hash);
    }
    commit.becameDurable();
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
  Optional<Answer.Promised> known(EpochNumber epoch, Hash report) {
    return book.find(epoch, report);
  }

  /**
   * Takes verified reports of one request.
   *
   * @param done gets one answer for each, in order, on the journal's thread, which it must not hold
   *     up
   * @return false if too many requests wait; {@code done} is not called then
   */
  boolean offer(List<Candidate> candidates, Consumer<List<Answer>> done) {
    boolean taken = !closed && queue.offer(new Waiting(List.copyOf(candidates), done));
    if (taken && closed) {
      answer(drain());
    }
    commits.wake();
    return taken;
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
    answer(drain());
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
      answer(waiting);
    }
    if (waiting.size() > 1) {
      Duration pause = crowded.getAsBoolean() ? LINGER_WHEN_CROWDED : LINGER;
      LockSupport.parkNanos(pause.toNanos());
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
      for (Candidate candidate : next.candidates) {
        bytes += candidate.report().body().size();
      }
      if (reports >= MAX_COMMIT || bytes >= MAX_COMMIT_BYTES) {
        break;
      }
    }
    return gathered;
  }

  /** Answers all that can be made durable; what throws leaves the rest unanswered. */
  private void commit(List<Waiting> gathered) throws IOException {
    writing.lock();
    SortedMap<SlotNumber, Group> groups = new TreeMap<>();
    try {
      place(gathered, groups);
      for (Map.Entry<SlotNumber, Group> group : groups.entrySet()) {
        append(group.getKey(), group.getValue());
      }
    } finally {
      for (Group group : groups.values()) {
        if (!group.commit.isDurable()) {
          book.remove(group.epoch, group.commit);
        }
      }
      writing.unlock();
    }
  }

  /** Gives each report its place, the one that it has or a new one in a group. */
  private void place(List<Waiting> gathered, SortedMap<SlotNumber, Group> groups) {
    int capacity = gathered.stream().mapToInt(each -> each.candidates.size()).sum();
    Map<EpochNumber, Optional<SlotNumber>> slots = new HashMap<>();
    for (Waiting waiting : gathered) {
      for (int i = 0; i < waiting.candidates.size(); i++) {
        Candidate candidate = waiting.candidates.get(i);
        Optional<SlotNumber> slot = slots.computeIfAbsent(candidate.epoch(), this::slotFor);
        if (slot.isEmpty() || book.size(candidate.epoch()) >= limits.maxReportsPerEpoch()) {
          Optional<Answer.Promised> before = known(candidate.epoch(), candidate.hash());
          Refusal refusal = slot.isEmpty() ? Refusal.OLD_EPOCH : Refusal.BUSY;
          waiting.answers[i] = before.isPresent() ? before.get() : new Answer.Refused(refusal);
        } else {
          Group group =
              groups.computeIfAbsent(slot.get(), at -> group(candidate.epoch(), at, capacity));
          waiting.answers[i] = place(candidate, group);
        }
      }
    }
  }

  private Group group(EpochNumber epoch, SlotNumber slot, int capacity) {
    return new Group(epoch, new GroupCommit(domain, key, slot, capacity));
  }

  private Answer place(Candidate candidate, Group group) {
    GroupCommit commit = group.commit;
    int index = commit.size();
    commit.add(candidate.hash());
    Optional<Answer.Promised> before =
        book.putIfAbsent(group.epoch, candidate.hash(), commit, index);
    if (before.isPresent()) {
      commit.removeLast();
      return before.get();
    }
    group.reports.add(candidate.report());
    return new Answer.Promised(commit, index);
  }

  private void append(SlotNumber slot, Group group) throws IOException {
    if (!group.reports.isEmpty()) {
      journal.append(slot, group.reports);
      group.commit.becameDurable();
      group.commit.sign();
    }
  }

  private List<Waiting> drain() {
    List<Waiting> left = new ArrayList<>();
    queue.drainTo(left);
    return left;
  }

  private static void answer(List<Waiting> gathered) {
    gathered.forEach(Waiting::answer);
  }
}

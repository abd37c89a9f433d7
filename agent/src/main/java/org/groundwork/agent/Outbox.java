package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports that a device has to send. What {@link #submit} took is on disk; one thread signs it,
 * in order, under the epoch of the moment, and sends it until a gateway promised it. The promises
 * are kept too, in {@link PromiseLog}.
 *
 * <p>A report whose promise was lost in a crash may be sent once more under another sequence, so
 * rules must bear a payload that comes twice.
 */
public final class Outbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final int MAX_WAITING = 10_000;
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final long COMPACT_BYTES = 4L << 20;

  /** How long a payload is worth sending. */
  public enum Lifetime {
    /** Only in the epoch in which it was submitted: answers to challenges. */
    EPOCH,
    /** Until a gateway has promised it: deals and vouchers. */
    PROMISED
  }

  /**
   * A report that a gateway has promised.
   *
   * @param sequence under which it was promised: the epoch in which it counts
   */
  public record Sent(Promise promise, Sequence sequence) {}

  private static final class Item {
    final long number;
    final Lifetime lifetime;
    final EpochNumber submitted;
    final Bytes payload;

    /** Whether it is in the log, or kept by who submitted it. */
    final boolean logged;

    final CompletableFuture<Sent> sent = new CompletableFuture<>();
    @Nullable Report signed;
    @Nullable Sequence sequence;

    Item(long number, Lifetime lifetime, EpochNumber submitted, Bytes payload, boolean logged) {
      this.number = number;
      this.lifetime = lifetime;
      this.submitted = submitted;
      this.payload = payload;
      this.logged = logged;
    }

    Sent sent(Promise promise) {
      Sequence signedUnder = sequence;
      if (signedUnder == null) {
        throw new IllegalStateException("promised before it was signed");
      }
      return new Sent(promise, signedUnder);
    }
  }

  private final DeviceIdentity identity;
  private final EpochSchedule schedule;
  private final Gateways gateways;
  private final InstantSource clock;
  private final DurableLog log;
  private final Sequences sequences;
  private final PromiseLog promises;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Item> waiting = new ArrayDeque<>();
  private final Thread sender;
  private long nextNumber;
  private long promised;
  private long dropped;
  private volatile boolean closed;

  public Outbox(
      Path folder,
      DeviceIdentity identity,
      EpochSchedule schedule,
      Gateways gateways,
      InstantSource clock)
      throws IOException {
    this.identity = identity;
    this.schedule = schedule;
    this.gateways = gateways;
    this.clock = clock;
    FolderFormat.check(folder);
    DurableLog.Opened opened = DurableLog.open(folder.resolve("outbox.log"));
    log = opened.log();
    sequences = new Sequences(folder.resolve("sequence"));
    promises = PromiseLog.open(folder);
    restore(opened.records());
    log.rewrite(pendingRecords());
    sender = Thread.ofVirtual().name("outbox").unstarted(this::run);
  }

  public void start() {
    sender.start();
  }

  /**
   * Takes a payload; it is durable when this returns.
   *
   * @return completes with the gateway's promise; fails if the payload was dropped or refused
   * @throws OutboxFull if too many wait already
   */
  public Future<Sent> submit(Bytes payload, Lifetime lifetime) throws IOException, OutboxFull {
    return submit(payload, lifetime, true);
  }

  /**
   * Takes a payload that its caller has on disk, and would submit again after a crash: it is not
   * written here too.
   *
   * @return completes with the gateway's promise; fails if the payload was refused
   * @throws OutboxFull if too many wait already
   */
  public Future<Sent> submitKept(Bytes payload) throws IOException, OutboxFull {
    return submit(payload, Lifetime.PROMISED, false);
  }

  private Future<Sent> submit(Bytes payload, Lifetime lifetime, boolean logged)
      throws IOException, OutboxFull {
    lock.lock();
    try {
      if (waiting.size() >= MAX_WAITING) {
        throw new OutboxFull(waiting.size());
      }
      Item item = new Item(nextNumber++, lifetime, epochNow(), payload, logged);
      if (logged) {
        log.append(record(item));
        log.force();
      }
      waiting.add(item);
      changed.signalAll();
      return item.sent;
    } finally {
      lock.unlock();
    }
  }

  /** Reports that no gateway has promised yet. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Reports promised since the start. */
  public long promised() {
    return promised;
  }

  /** Reports that came too late or were refused since the start. */
  public long dropped() {
    return dropped;
  }

  /** Stops sending; what waits stays on disk, and who waits for its promise is told so. */
  @Override
  public void close() throws IOException {
    closed = true;
    sender.interrupt();
    try {
      if (sender.getState() != Thread.State.NEW) {
        sender.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    release();
    log.close();
    sequences.close();
    promises.close();
  }

  private void release() {
    lock.lock();
    try {
      IOException stopped = new IOException("this outbox is closed; the report waits on disk");
      waiting.forEach(item -> item.sent.completeExceptionally(stopped));
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!closed) {
      try {
        awaitWaiting();
        if (step()) {
          pause();
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (closed) {
          return;
        }
        LOG.warn("Reports cannot be sent now: {}; trying again", e.toString());
        pause();
      }
    }
  }

  private void awaitWaiting() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends once what waits; for a host without threads, instead of {@link #start}.
   *
   * @return whether something has to be sent again after a pause
   * @throws IOException if no gateway could be reached, or the disk failed
   */
  public boolean step() throws IOException {
    List<Item> batch = batch();
    return !batch.isEmpty() && send(batch);
  }

  private List<Item> batch() throws IOException {
    lock.lock();
    try {
      EpochNumber now = epochNow();
      List<Item> batch = new ArrayList<>();
      for (Item item : List.copyOf(waiting)) {
        if (item.lifetime == Lifetime.EPOCH && item.submitted.compareTo(now) < 0) {
          finish(item, "came too late: its epoch " + item.submitted + " is over");
        } else if (batch.size() < Gateways.MAX_BATCH) {
          batch.add(item);
        }
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something has to be sent again. */
  private boolean send(List<Item> batch) throws IOException {
    EpochNumber now = epochNow();
    List<Report> reports = new ArrayList<>(batch.size());
    for (Item item : batch) {
      reports.add(signed(item, now));
    }
    List<Gateways.Answer> answers = gateways.submit(reports);
    boolean again = false;
    lock.lock();
    try {
      keep(batch, answers);
      for (int i = 0; i < batch.size(); i++) {
        again |= !settle(batch.get(i), answers.get(i));
      }
      if (log.size() > COMPACT_BYTES) {
        log.rewrite(pendingRecords());
      }
    } finally {
      lock.unlock();
    }
    return again;
  }

  /** Promises are on disk before the reports that they are about are forgotten. */
  private void keep(List<Item> batch, List<Gateways.Answer> answers) throws IOException {
    List<Sent> kept = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (answers.get(i) instanceof Gateways.Answer.Promised(Promise promise)) {
        kept.add(batch.get(i).sent(promise));
      }
    }
    promises.append(kept);
  }

  /** Whether the item is done with. */
  private boolean settle(Item item, Gateways.Answer answer) throws IOException {
    switch (answer) {
      case Gateways.Answer.Promised(Promise promise) -> {
        promised++;
        remove(item);
        item.sent.complete(item.sent(promise));
      }
      case Gateways.Answer.Refused(String code, String message, boolean retry) -> {
        boolean oldEpoch = item.lifetime == Lifetime.PROMISED && code.equals("refused.old-epoch");
        if (retry || oldEpoch) {
          item.signed = oldEpoch ? null : item.signed;
          return false;
        }
        finish(item, "was refused: " + code + ": " + message);
      }
    }
    return true;
  }

  private void finish(Item item, String why) throws IOException {
    LOG.warn("Report of type {} {}", item.payload.get(0), why);
    dropped++;
    remove(item);
    item.sent.completeExceptionally(new IOException("The report " + why));
  }

  private void remove(Item item) throws IOException {
    waiting.remove(item);
    if (item.logged) {
      log.append(new CanonicalWriter().u8(1).u64(item.number).toBytes());
    }
  }

  private Report signed(Item item, EpochNumber now) throws IOException {
    Report report = item.signed;
    Sequence known = item.sequence;
    if (report == null || known == null || !known.epoch().equals(now)) {
      Sequence sequence = sequences.next(now);
      report =
          Report.sign(
              new ReportBody(
                  identity.deployment(),
                  identity.network(),
                  identity.device(),
                  identity.signer().publicKey().hash(),
                  sequence,
                  item.payload),
              identity.signer());
      item.signed = report;
      item.sequence = sequence;
    }
    return report;
  }

  private EpochNumber epochNow() {
    return schedule.epochAt(clock.instant().getEpochSecond());
  }

  private void pause() {
    lock.lock();
    try {
      long nanos = RETRY.toNanos();
      while (nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private static Bytes record(Item item) {
    return new CanonicalWriter()
        .u8(0)
        .u64(item.number)
        .u8(item.lifetime == Lifetime.PROMISED ? 1 : 0)
        .u64(item.submitted.value())
        .bytes(item.payload)
        .toBytes();
  }

  private List<Bytes> pendingRecords() {
    return waiting.stream().filter(item -> item.logged).map(Outbox::record).toList();
  }

  private void restore(List<Bytes> records) throws IOException {
    for (Bytes record : records) {
      CanonicalReader in = new CanonicalReader(record);
      try {
        boolean done = in.u8() == 1;
        long number = in.count();
        nextNumber = Math.max(nextNumber, number + 1);
        if (done) {
          waiting.removeIf(item -> item.number == number);
        } else {
          Lifetime lifetime = in.u8() == 1 ? Lifetime.PROMISED : Lifetime.EPOCH;
          waiting.add(
              new Item(
                  number,
                  lifetime,
                  new EpochNumber(in.count()),
                  in.bytes(ReportBody.MAX_PAYLOAD),
                  true));
        }
        in.end();
      } catch (Malformed | RuntimeException e) {
        throw new IOException("The outbox is damaged", e);
      }
    }
  }

  /** The oldest payload that waits, for a status page. */
  public Optional<Bytes> oldest() {
    lock.lock();
    try {
      return Optional.ofNullable(waiting.peekFirst()).map(item -> item.payload);
    } finally {
      lock.unlock();
    }
  }
}

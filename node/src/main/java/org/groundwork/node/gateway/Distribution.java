package org.groundwork.node.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.run.Task;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.wire.Peers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * Brings sealed segments to all verifiers, each by its own courier, so that a slow one holds up
 * nobody; and has them indexed when their epoch is over.
 */
final class Distribution implements Closeable {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final AccountKey key;
  private final EpochChain chain;
  private final InstantSource clock;
  private final Peers peers;
  private final Tasks tasks;
  private final SegmentStore store;
  private final SealedLog sealed;
  private final DispatchLogs logs;
  private final IndexClerk clerk;
  private final Map<AccountId, Task> couriers = new TreeMap<>();
  private boolean closed;

  Distribution(
      AccountKey key,
      EpochChain chain,
      InstantSource clock,
      Peers peers,
      Tasks tasks,
      SegmentStore store,
      IndexStore indexes,
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
    this.clerk = new IndexClerk(key, chain, clock, peers, tasks, indexes, sealed, logs);
  }

  /** The epochs that are open, or closed with their commit deadline still to come. */
  static List<EpochNumber> underWay(EpochSchedule schedule, InstantSource clock) {
    long now = clock.instant().getEpochSecond();
    List<EpochNumber> epochs = new ArrayList<>();
    EpochNumber epoch = schedule.epochAt(now);
    epochs.add(epoch);
    while (epoch.value() > 0) {
      epoch = new EpochNumber(epoch.value() - 1);
      if (schedule.commitDeadline(epoch) <= now) {
        break;
      }
      epochs.addFirst(epoch);
    }
    return epochs;
  }

  /** There are new segments. */
  synchronized void wake() {
    couriers.values().forEach(Task::wake);
  }

  /** Sees to it that each verifier has a courier, and that closed epochs are indexed. */
  boolean step() throws IOException, InterruptedException {
    List<EpochNumber> epochs = underWay(chain.schedule(), clock);
    for (EpochNumber epoch : epochs) {
      if (!sealed.segments(epoch).isEmpty()) {
        for (Operator verifier : chain.verifiers(epoch).members()) {
          ensureCourier(verifier.signer());
        }
      }
    }
    boolean more = clerk.step();
    logs.closeBefore(epochs.getFirst());
    sealed.forgetBefore(epochs.getFirst());
    return more;
  }

  private synchronized void ensureCourier(AccountId verifier) {
    if (!closed && !couriers.containsKey(verifier)) {
      Courier courier = new Courier(verifier, key, chain, clock, peers, store, sealed, logs);
      Task worker = tasks.create("courier to " + verifier, INTERVAL, courier::step);
      couriers.put(verifier, worker);
      worker.start();
    }
  }

  @Override
  public void close() throws IOException {
    List<Task> workers;
    synchronized (this) {
      closed = true;
      workers = List.copyOf(couriers.values());
    }
    workers.forEach(Task::close);
    logs.close();
  }
}

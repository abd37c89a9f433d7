package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import org.groundwork.agent.DurableLog;
import org.groundwork.agent.SharedForce;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedDeal;

/**
 * The deals that a provider took, in the order in which it took them, with what gateways have
 * promised about them. A change is on disk after the next {@link #force}; a promise that a crash of
 * the machine takes away is asked for once more. Safe for many threads.
 */
final class DealBook implements AutoCloseable {
  private static final int TAKEN = 0;
  private static final int PROMISED = 1;
  private static final int ENDING = 2;
  private static final int ENDED = 3;
  private static final int DROPPED = 4;

  private static final int MAX_PROMISE = 4096;

  /**
   * A deal and how far it has come.
   *
   * @param promise the gateway's for the report that opened it
   * @param opened the epoch of that report
   * @param endSignature the payer's, if he ends it early
   * @param ended the epoch of the report of its end
   */
  record Entry(
      SignedDeal signed,
      HeldDeal held,
      Optional<Promise> promise,
      Optional<EpochNumber> opened,
      Optional<Bytes> endSignature,
      Optional<EpochNumber> ended) {
    private Entry promised(Promise newPromise, EpochNumber epoch) {
      return new Entry(
          signed, held, Optional.of(newPromise), Optional.of(epoch), endSignature, ended);
    }

    private Entry ending(Bytes signature) {
      return new Entry(signed, held, promise, opened, Optional.of(signature), ended);
    }

    private Entry ended(EpochNumber epoch) {
      return new Entry(signed, held, promise, opened, endSignature, Optional.of(epoch));
    }
  }

  private final DurableLog log;
  private final SharedForce force;
  private final SequencedMap<Hash, Entry> entries = new LinkedHashMap<>();

  /** Of each reservation, the sum of the caps of the deals that charge it. */
  private final Map<ReservationId, Credits> committed = new HashMap<>();

  DealBook(Path file) throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    force = new SharedForce(log::force);
    for (Bytes record : opened.records()) {
      try {
        restore(new CanonicalReader(record));
      } catch (Malformed | IllegalArgumentException e) {
        throw new IOException(file + " is damaged", e);
      }
    }
    log.rewrite(entries.values().stream().flatMap(entry -> records(entry).stream()).toList());
  }

  /** Takes a deal; false if it is there already. */
  synchronized boolean take(SignedDeal signed, HeldDeal held) throws IOException {
    if (entries.containsKey(held.id())) {
      return false;
    }
    Entry entry =
        new Entry(
            signed, held, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    log.append(taken(entry));
    put(entry);
    return true;
  }

  synchronized void promised(Hash id, Promise promise, EpochNumber epoch) throws IOException {
    Entry entry = entries.get(id);
    if (entry != null) {
      Entry next = entry.promised(promise, epoch);
      log.append(promised(next, promise, epoch));
      put(next);
    }
  }

  /** Notes the payer's end of a deal. */
  synchronized void ending(Hash id, Bytes signature) throws IOException {
    Entry entry = entries.get(id);
    if (entry != null && entry.endSignature().isEmpty()) {
      Entry next = entry.ending(signature);
      log.append(ending(next, signature));
      put(next);
    }
  }

  synchronized void ended(Hash id, EpochNumber epoch) throws IOException {
    Entry entry = entries.get(id);
    if (entry != null) {
      Entry next = entry.ended(epoch);
      log.append(ended(next, epoch));
      put(next);
    }
  }

  synchronized void drop(Hash id) throws IOException {
    if (entries.containsKey(id)) {
      log.append(new CanonicalWriter().u8(DROPPED).hash(id).toBytes());
      remove(id);
    }
  }

  /** Returns when every change before is on disk. */
  void force() throws IOException {
    force.force();
  }

  private void put(Entry entry) {
    Entry before = entries.put(entry.held().id(), entry);
    if (before != null) {
      charge(before, Credits::minus);
    }
    charge(entry, Credits::plus);
  }

  private void remove(Hash id) {
    Entry before = entries.remove(id);
    if (before != null) {
      charge(before, Credits::minus);
    }
  }

  private void charge(Entry entry, BinaryOperator<Credits> change) {
    if (entry.ended().isEmpty()) {
      Deal deal = entry.held().deal();
      committed.compute(
          deal.reservation(),
          (_, sum) -> change.apply(sum == null ? Credits.ZERO : sum, deal.cap()));
    }
  }

  synchronized Optional<Entry> find(Hash id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** All deals, in the order in which they were taken. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  synchronized int size() {
    return entries.size();
  }

  /** The sum of the caps of the deals that charge a reservation. */
  synchronized Credits committed(ReservationId reservation) {
    return committed.getOrDefault(reservation, Credits.ZERO);
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private void restore(CanonicalReader in) throws Malformed {
    int kind = in.u8();
    if (kind == TAKEN) {
      SignedDeal signed = SignedDeal.read(in);
      HeldDeal held = HeldDeal.of(signed.deal());
      Optional<Bytes> none = Optional.empty();
      put(new Entry(signed, held, Optional.empty(), Optional.empty(), none, Optional.empty()));
    } else {
      Hash id = in.hash();
      Optional<Entry> there = find(id);
      switch (kind) {
        case PROMISED -> {
          EpochNumber epoch = new EpochNumber(in.count());
          Promise promise = Promise.decode(in.bytes(MAX_PROMISE));
          there.ifPresent(entry -> put(entry.promised(promise, epoch)));
        }
        case ENDING -> {
          Bytes signature = in.bytes(MAX_PROMISE);
          there.ifPresent(entry -> put(entry.ending(signature)));
        }
        case ENDED -> {
          EpochNumber epoch = new EpochNumber(in.count());
          there.ifPresent(entry -> put(entry.ended(epoch)));
        }
        case DROPPED -> remove(id);
        default -> throw new Malformed("no change of a deal is of kind " + kind);
      }
    }
    in.end();
  }

  private static List<Bytes> records(Entry entry) {
    List<Bytes> records = new ArrayList<>();
    records.add(taken(entry));
    if (entry.promise().isPresent() && entry.opened().isPresent()) {
      records.add(promised(entry, entry.promise().get(), entry.opened().get()));
    }
    entry.endSignature().ifPresent(signature -> records.add(ending(entry, signature)));
    entry.ended().ifPresent(epoch -> records.add(ended(entry, epoch)));
    return records;
  }

  private static Bytes taken(Entry entry) {
    CanonicalWriter out = new CanonicalWriter().u8(TAKEN);
    entry.signed().write(out);
    return out.toBytes();
  }

  private static Bytes promised(Entry entry, Promise promise, EpochNumber epoch) {
    return start(PROMISED, entry).u64(epoch.value()).bytes(promise.encode()).toBytes();
  }

  private static Bytes ending(Entry entry, Bytes signature) {
    return start(ENDING, entry).bytes(signature).toBytes();
  }

  private static Bytes ended(Entry entry, EpochNumber epoch) {
    return start(ENDED, entry).u64(epoch.value()).toBytes();
  }

  private static CanonicalWriter start(int kind, Entry entry) {
    return new CanonicalWriter().u8(kind).hash(entry.held().id());
  }
}

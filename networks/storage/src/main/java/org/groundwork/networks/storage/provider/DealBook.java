package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.groundwork.agent.DurableLog;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedDeal;

/**
 * The deals that a provider took, in the order in which it took them, with what gateways have
 * promised about them. Every change is on disk before it is seen. Safe for many threads.
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
  private final SequencedMap<Hash, Entry> entries = new LinkedHashMap<>();

  DealBook(Path file) throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
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
    write(taken(entry));
    entries.put(held.id(), entry);
    return true;
  }

  synchronized void promised(Hash id, Promise promise, EpochNumber epoch) throws IOException {
    Entry entry = entries.get(id);
    if (entry != null) {
      Entry next = entry.promised(promise, epoch);
      write(promised(next, promise, epoch));
      entries.put(id, next);
    }
  }

  /** Notes the payer's end of a deal. */
  synchronized void ending(Hash id, Bytes signature) throws IOException {
    Entry entry = entries.get(id);
    if (entry != null && entry.endSignature().isEmpty()) {
      Entry next = entry.ending(signature);
      write(ending(next, signature));
      entries.put(id, next);
    }
  }

  synchronized void ended(Hash id, EpochNumber epoch) throws IOException {
    Entry entry = entries.get(id);
    if (entry != null) {
      Entry next = entry.ended(epoch);
      write(ended(next, epoch));
      entries.put(id, next);
    }
  }

  synchronized void drop(Hash id) throws IOException {
    if (entries.containsKey(id)) {
      write(new CanonicalWriter().u8(DROPPED).hash(id).toBytes());
      entries.remove(id);
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
    Predicate<Entry> charges =
        entry -> entry.held().deal().reservation().equals(reservation) && entry.ended().isEmpty();
    return new Credits(
        entries.values().stream()
            .filter(charges)
            .map(entry -> entry.held().deal().cap().value())
            .reduce(BigInteger.ZERO, BigInteger::add));
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
      entries.put(
          held.id(),
          new Entry(signed, held, Optional.empty(), Optional.empty(), none, Optional.empty()));
    } else {
      Hash id = in.hash();
      Map<Hash, Entry> there = entries;
      switch (kind) {
        case PROMISED -> {
          EpochNumber epoch = new EpochNumber(in.count());
          Promise promise = Promise.decode(in.bytes(MAX_PROMISE));
          there.computeIfPresent(id, (_, entry) -> entry.promised(promise, epoch));
        }
        case ENDING -> {
          Bytes signature = in.bytes(MAX_PROMISE);
          there.computeIfPresent(id, (_, entry) -> entry.ending(signature));
        }
        case ENDED -> {
          EpochNumber epoch = new EpochNumber(in.count());
          there.computeIfPresent(id, (_, entry) -> entry.ended(epoch));
        }
        case DROPPED -> there.remove(id);
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

  private void write(Bytes record) throws IOException {
    log.append(record);
    log.force();
  }
}

package org.groundwork.node.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.node.files.RecordLog;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/**
 * What arrived in one epoch: each segment with its first slot, and the indexes that were certified.
 * Durable; safe for use by many threads.
 */
final class ArrivalLog implements Closeable {
  private static final int ARRIVED = 0;
  private static final int CERTIFIED = 1;

  /** A segment that is here. */
  record Arrival(AccountId gateway, SlotNumber slot, int size) {}

  private final RecordLog log;
  private final Map<Hash, Arrival> arrivals = new TreeMap<>();
  private final Map<Hash, AccountId> certified = new TreeMap<>();
  private final Map<AccountId, Long> bytes = new TreeMap<>();

  ArrivalLog(Path file) throws IOException {
    log = RecordLog.open(file, this::restore);
  }

  synchronized Optional<Arrival> arrival(Hash segment) {
    return Optional.ofNullable(arrivals.get(segment));
  }

  /** Canonical bytes of a gateway so far. */
  synchronized long bytes(AccountId gateway) {
    return bytes.getOrDefault(gateway, 0L);
  }

  /** Notes an arrival, durably, unless the segment came before; what counts. */
  synchronized Arrival arrived(Hash segment, Arrival now) throws IOException {
    Arrival before = arrivals.get(segment);
    if (before != null) {
      return before;
    }
    log.append(
        new CanonicalWriter()
            .u8(ARRIVED)
            .hash(segment)
            .account(now.gateway())
            .u64(now.slot().value())
            .u32(now.size())
            .toBytes());
    remember(segment, now);
    return now;
  }

  /** The certified indexes and their gateways. */
  synchronized SortedMap<Hash, AccountId> certified() {
    return new TreeMap<>(certified);
  }

  /** Notes, durably, that an index was certified. */
  synchronized void certify(Hash index, AccountId gateway) throws IOException {
    if (!certified.containsKey(index)) {
      log.append(new CanonicalWriter().u8(CERTIFIED).hash(index).account(gateway).toBytes());
      certified.put(index, gateway);
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void restore(CanonicalReader in) throws Malformed {
    int kind = in.u8();
    Hash hash = in.hash();
    AccountId gateway = in.account();
    switch (kind) {
      case ARRIVED ->
          remember(hash, new Arrival(gateway, new SlotNumber(in.count()), (int) in.u32()));
      case CERTIFIED -> certified.put(hash, gateway);
      default -> throw new Malformed("kind " + kind);
    }
  }

  private void remember(Hash segment, Arrival arrival) {
    arrivals.put(segment, arrival);
    bytes.merge(arrival.gateway(), (long) arrival.size(), Long::sum);
  }
}

package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.agent.DurableLog;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/**
 * The payers' signatures under the ends of deals that are in the {@link DealBook} no more. Until
 * its last slot a deal that was ended can be brought before the court, which knows of its end from
 * this signature alone. Safe for many threads.
 */
final class DealEnds implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int MAX_SIGNATURE = 4096;

  private record End(SlotNumber until, Bytes signature) {}

  private final DurableLog log;
  private final Map<Hash, End> ends = new HashMap<>();

  /**
   * @param now what is of deals that would be over by themselves is forgotten
   */
  DealEnds(Path file, SlotNumber now) throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    for (Bytes record : opened.records()) {
      try {
        restore(new CanonicalReader(record), now);
      } catch (Malformed e) {
        throw new IOException(file + " is damaged", e);
      }
    }
    log.rewrite(ends.entrySet().stream().map(end -> record(end.getKey(), end.getValue())).toList());
  }

  private void restore(CanonicalReader in, SlotNumber now) throws Malformed {
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("no end of a deal is of version " + version);
    }
    Hash deal = in.hash();
    End end = new End(new SlotNumber(in.count()), in.bytes(MAX_SIGNATURE));
    in.end();
    if (end.until().compareTo(now) > 0) {
      ends.put(deal, end);
    }
  }

  private static Bytes record(Hash deal, End end) {
    return new CanonicalWriter()
        .u8(VERSION)
        .hash(deal)
        .u64(end.until().value())
        .bytes(end.signature())
        .toBytes();
  }

  /** Keeps what the payer signed, until the slot in which the deal would have ended by itself. */
  synchronized void keep(Hash deal, SlotNumber until, Bytes signature) throws IOException {
    End end = new End(until, signature);
    if (!ends.containsKey(deal)) {
      log.append(record(deal, end));
      log.force();
      ends.put(deal, end);
    }
  }

  synchronized Optional<Bytes> find(Hash deal) {
    return Optional.ofNullable(ends.get(deal)).map(End::signature);
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}

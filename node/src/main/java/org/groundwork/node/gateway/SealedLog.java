package org.groundwork.node.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.groundwork.node.files.RecordLog;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/** Which slots are sealed, and into which segments. Safe for use by many threads. */
final class SealedLog implements Closeable {
  private static final int MAX_SEGMENTS = 100_000;

  /** Above this size the file is written anew without the epochs that are over. */
  private static final long COMPACT_BYTES = 4 << 20;

  private final EpochSchedule schedule;
  private final RecordLog log;
  private final TreeMap<EpochNumber, List<SealedSegment>> segments = new TreeMap<>();
  private long through = -1;

  SealedLog(Path file, EpochSchedule schedule) throws IOException {
    this.schedule = schedule;
    log = RecordLog.open(file, this::restore);
  }

  /** The last slot that is sealed, or -1. */
  synchronized long through() {
    return through;
  }

  /** The segments of an epoch so far. */
  synchronized List<SealedSegment> segments(EpochNumber epoch) {
    return List.copyOf(segments.getOrDefault(epoch, List.of()));
  }

  /** Notes, durably, that all slots up to this one are sealed. */
  synchronized void append(SlotNumber sealedThrough, List<SealedSegment> sealed)
      throws IOException {
    log.append(record(sealedThrough.value(), sealed));
    remember(sealedThrough.value(), sealed);
  }

  /** Forgets the epochs before this one: all of their segments are indexed, or too late. */
  synchronized void forgetBefore(EpochNumber epoch) throws IOException {
    segments.headMap(epoch).clear();
    if (log.size() > COMPACT_BYTES) {
      List<SealedSegment> kept = segments.values().stream().flatMap(List::stream).toList();
      log.rewrite(List.of(record(through, kept)));
    }
  }

  private static Bytes record(long sealedThrough, List<SealedSegment> sealed) {
    CanonicalWriter out = new CanonicalWriter().u64(sealedThrough).u32(sealed.size());
    sealed.forEach(segment -> segment.write(out));
    return out.toBytes();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void restore(CanonicalReader in) throws Malformed {
    long sealedThrough = in.count();
    long count = in.u32();
    if (count > MAX_SEGMENTS) {
      throw new Malformed(count + " segments");
    }
    List<SealedSegment> sealed = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      sealed.add(SealedSegment.read(in));
    }
    remember(sealedThrough, sealed);
  }

  private void remember(long sealedThrough, List<SealedSegment> sealed) {
    through = sealedThrough;
    for (SealedSegment segment : sealed) {
      segments
          .computeIfAbsent(schedule.epochOf(segment.slot()), _ -> new ArrayList<>())
          .add(segment);
    }
  }
}

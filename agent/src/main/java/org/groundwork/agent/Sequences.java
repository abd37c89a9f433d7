package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Sequence;

/**
 * Hands out each sequence once, whatever happens: blocks of counters are reserved on disk before
 * any of them is used. Not safe for use by several threads.
 */
final class Sequences implements AutoCloseable {
  private static final long BLOCK = 1024;

  private final DurableLog log;
  private long epoch = -1;
  private long next;
  private long limit;

  Sequences(Path file) throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    if (!opened.records().isEmpty()) {
      CanonicalReader last = new CanonicalReader(opened.records().getLast());
      try {
        epoch = last.count();
        limit = last.count();
        next = limit;
      } catch (Malformed e) {
        throw new IOException(file + " is damaged", e);
      }
    }
  }

  /**
   * The next sequence of an epoch.
   *
   * @throws IllegalStateException if the clock went back to an epoch that was left
   */
  Sequence next(EpochNumber now) throws IOException {
    if (now.value() < epoch) {
      throw new IllegalStateException("epoch " + now + " after epoch " + epoch);
    }
    if (now.value() > epoch) {
      reserve(now.value(), 0);
    } else if (next == limit) {
      reserve(epoch, limit);
    }
    return Sequence.of(now, next++);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void reserve(long newEpoch, long from) throws IOException {
    Bytes block = new CanonicalWriter().u64(newEpoch).u64(from + BLOCK).toBytes();
    log.rewrite(List.of(block));
    epoch = newEpoch;
    next = from;
    limit = from + BLOCK;
  }
}

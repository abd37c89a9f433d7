package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Sequence;

/**
 * The promises that a device was given, on disk: what it can hold against a gateway that left a
 * report out. The oldest are forgotten. Not safe for use by several threads.
 */
public final class PromiseLog implements AutoCloseable {
  /** At least so many promises are kept, at most twice as many. */
  static final int MIN_KEPT = 10_000;

  private static final String FILE = "promises.log";

  private final Path file;
  private final DurableLog log;
  private int count;

  private PromiseLog(Path file, DurableLog log, int count) {
    this.file = file;
    this.log = log;
    this.count = count;
  }

  static PromiseLog open(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    DurableLog.Opened opened = DurableLog.open(file);
    return new PromiseLog(file, opened.log(), opened.records().size());
  }

  /** Keeps promises; they are durable when this returns. */
  void append(List<Outbox.Sent> promised) throws IOException {
    if (promised.isEmpty()) {
      return;
    }
    for (Outbox.Sent sent : promised) {
      log.append(record(sent));
      count++;
    }
    log.force();
    if (count >= 2 * MIN_KEPT) {
      List<Bytes> all = DurableLog.read(file);
      log.rewrite(all.subList(all.size() - MIN_KEPT, all.size()));
      count = MIN_KEPT;
    }
  }

  /**
   * The promise of a report, from the folder of an outbox, which may be in use.
   *
   * @return empty if the report was not promised, or too long ago
   * @throws IOException if there is no outbox, or its promises cannot be read
   */
  public static Optional<Promise> find(Path folder, Sequence sequence) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException("No device has kept promises in " + folder + ".");
    }
    for (Bytes record : DurableLog.read(file).reversed()) {
      try {
        CanonicalReader in = new CanonicalReader(record);
        if (new Sequence(in.u64()).equals(sequence)) {
          Promise promise = Promise.decode(in.bytes(Promise.MAX_ENCODED));
          in.end();
          return Optional.of(promise);
        }
      } catch (Malformed e) {
        throw new IOException(file + " is damaged", e);
      }
    }
    return Optional.empty();
  }

  private static Bytes record(Outbox.Sent sent) {
    return new CanonicalWriter()
        .u64(sent.sequence().value())
        .bytes(sent.promise().encode())
        .toBytes();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}

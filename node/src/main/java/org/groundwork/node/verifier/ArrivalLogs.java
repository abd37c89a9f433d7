package org.groundwork.node.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.groundwork.protocol.EpochNumber;

/** The arrival logs of the epochs that still take segments, and of some before. */
final class ArrivalLogs implements Closeable {
  /** Logs that stay open. */
  private static final int MAX_OPEN = 16;

  private final Path folder;
  private final TreeMap<EpochNumber, ArrivalLog> open = new TreeMap<>();

  ArrivalLogs(Path folder) {
    this.folder = folder;
  }

  synchronized ArrivalLog of(EpochNumber epoch) throws IOException {
    ArrivalLog known = open.get(epoch);
    if (known == null) {
      known = new ArrivalLog(folder.resolve("epoch-%010d.log".formatted(epoch.value())));
      open.put(epoch, known);
      if (open.size() > MAX_OPEN) {
        open.pollFirstEntry().getValue().close();
      }
    }
    return known;
  }

  @Override
  public synchronized void close() throws IOException {
    for (ArrivalLog log : open.values()) {
      log.close();
    }
    open.clear();
  }
}

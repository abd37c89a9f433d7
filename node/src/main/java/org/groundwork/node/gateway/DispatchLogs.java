package org.groundwork.node.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.groundwork.protocol.EpochNumber;

/** The dispatch logs of the epochs that are still under way. */
final class DispatchLogs implements Closeable {
  private final Path folder;
  private final TreeMap<EpochNumber, DispatchLog> open = new TreeMap<>();

  DispatchLogs(Path folder) {
    this.folder = folder;
  }

  synchronized DispatchLog of(EpochNumber epoch) throws IOException {
    DispatchLog known = open.get(epoch);
    if (known == null) {
      known = new DispatchLog(folder.resolve("epoch-%010d.log".formatted(epoch.value())));
      open.put(epoch, known);
    }
    return known;
  }

  /** Closes the logs of epochs before this one. */
  synchronized void closeBefore(EpochNumber epoch) throws IOException {
    for (DispatchLog log : open.headMap(epoch).values()) {
      log.close();
    }
    open.headMap(epoch).clear();
  }

  @Override
  public synchronized void close() throws IOException {
    for (DispatchLog log : open.values()) {
      log.close();
    }
    open.clear();
  }
}

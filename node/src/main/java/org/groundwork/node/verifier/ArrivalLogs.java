package org.groundwork.node.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
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
      known = new ArrivalLog(folder.resolve(name(epoch)));
      open.put(epoch, known);
      if (open.size() > MAX_OPEN) {
        open.pollFirstEntry().getValue().close();
      }
    }
    return known;
  }

  /** Deletes the logs of epochs before this one. */
  synchronized void forgetBefore(EpochNumber epoch) throws IOException {
    for (ArrivalLog log : open.headMap(epoch).values()) {
      log.close();
    }
    open.headMap(epoch).clear();
    String first = name(epoch);
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.toList()) {
        String name = String.valueOf(log.getFileName());
        if (name.length() == first.length() && name.compareTo(first) < 0) {
          Files.delete(log);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing arrived yet.
    }
  }

  private static String name(EpochNumber epoch) {
    return "epoch-%010d.log".formatted(epoch.value());
  }

  @Override
  public synchronized void close() throws IOException {
    for (ArrivalLog log : open.values()) {
      log.close();
    }
    open.clear();
  }
}

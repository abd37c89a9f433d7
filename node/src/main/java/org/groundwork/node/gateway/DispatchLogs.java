package org.groundwork.node.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
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
      known = new DispatchLog(folder.resolve(name(epoch)));
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

  /** Deletes the logs of epochs before this one. */
  synchronized void forgetBefore(EpochNumber epoch) throws IOException {
    closeBefore(epoch);
    String first = name(epoch);
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.toList()) {
        String name = String.valueOf(log.getFileName());
        if (name.length() == first.length() && name.compareTo(first) < 0) {
          Files.delete(log);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was dispatched yet.
    }
  }

  private static String name(EpochNumber epoch) {
    return "epoch-%010d.log".formatted(epoch.value());
  }

  @Override
  public synchronized void close() throws IOException {
    for (DispatchLog log : open.values()) {
      log.close();
    }
    open.clear();
  }
}

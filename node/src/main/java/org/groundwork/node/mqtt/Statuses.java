package org.groundwork.node.mqtt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.groundwork.node.files.RecordLog;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;

/**
 * What devices said of themselves to be retained, in memory and in a file, which is a second behind
 * at most: a status is no report. A record of the file has a version (u8), a number of entries
 * (u16), and for each a device (u64) and its status; an empty one was taken back.
 */
final class Statuses implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int MAX_ENTRIES = 64;
  private static final long SMALL_FILE = 1 << 20;

  /** The file is written anew when it is so many times as large as what it says. */
  private static final int WASTE = 4;

  private final Map<DeviceId, Bytes> words = new ConcurrentHashMap<>();
  private final RecordLog log;
  private final Worker writer = new Worker("mqtt-statuses", Duration.ofSeconds(1), this::write);

  // Guarded by itself.
  private final Set<DeviceId> changed = new LinkedHashSet<>();

  Statuses(Path file) throws IOException {
    log = RecordLog.open(file, in -> read(in).forEach(this::keep));
    writer.start();
  }

  /** What one record says, in its order. */
  static Map<DeviceId, Bytes> read(CanonicalReader in) throws Malformed {
    if (in.u8() != VERSION) {
      throw new Malformed("statuses of another version");
    }
    Map<DeviceId, Bytes> read = new LinkedHashMap<>();
    for (int left = in.u16(); left > 0; left--) {
      long device = in.count();
      if (device < 1) {
        throw new Malformed("device " + device);
      }
      read.put(new DeviceId(device), in.bytes(Publications.MAX_STATUS));
    }
    return read;
  }

  private void keep(DeviceId device, Bytes word) {
    if (word.isEmpty()) {
      words.remove(device);
    } else {
      words.put(device, word);
    }
  }

  /** Keeps a status; an empty one takes back what was kept. */
  void put(DeviceId device, Bytes word) {
    keep(device, word);
    synchronized (changed) {
      changed.add(device);
    }
  }

  void forEach(BiConsumer<DeviceId, Bytes> taker) {
    words.forEach(taker);
  }

  /** Writes what changed; the worker, and the last time whoever closes. */
  private synchronized boolean write() throws IOException {
    List<DeviceId> devices;
    synchronized (changed) {
      devices = List.copyOf(changed);
      changed.clear();
    }
    try {
      for (Bytes record : records(devices)) {
        log.append(record);
      }
    } catch (IOException e) {
      synchronized (changed) {
        changed.addAll(devices);
      }
      throw e;
    }
    long live = words.values().stream().mapToLong(Bytes::size).sum() + (long) words.size() * 12;
    if (log.size() > SMALL_FILE && log.size() > WASTE * live) {
      log.rewrite(records(List.copyOf(words.keySet())));
    }
    return false;
  }

  private List<Bytes> records(List<DeviceId> devices) {
    List<Bytes> records = new ArrayList<>();
    for (int from = 0; from < devices.size(); from += MAX_ENTRIES) {
      List<DeviceId> some = devices.subList(from, Math.min(from + MAX_ENTRIES, devices.size()));
      CanonicalWriter out = new CanonicalWriter().u8(VERSION).u16(some.size());
      some.forEach(
          device -> out.u64(device.value()).bytes(words.getOrDefault(device, Bytes.EMPTY)));
      records.add(out.toBytes());
    }
    return records;
  }

  @Override
  public void close() throws IOException {
    writer.close();
    write();
    log.close();
  }
}

package org.groundwork.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.cli.local.ProcessMemory;
import org.groundwork.settlement.time.Time;

/** Looks at the resident memory of processes, and keeps the most of each in each interval. */
final class MemoryWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(100);

  private final Map<String, Long> processes;
  private final List<Map<String, Long>> intervals = new ArrayList<>();
  private final Thread thread = new Thread(this::look, "memory-watch");

  /**
   * @param processes their ids, by a name
   */
  MemoryWatch(Map<String, Long> processes) {
    this.processes = new TreeMap<>(processes);
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins an interval. */
  synchronized void begin() {
    intervals.add(new TreeMap<>());
  }

  /** The most bytes of a process in each interval so far. */
  synchronized List<Long> peaks(String name) {
    return intervals.stream().map(interval -> interval.getOrDefault(name, 0L)).toList();
  }

  /** What is in use on a Java process's heap after a full collection, in bytes. */
  static long liveBytes(long pid) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String last;
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      last = lines.lines().reduce("", (_, line) -> line);
    }
    String[] total = last.strip().split(" +", -1);
    if (process.waitFor() != 0 || !total[0].equals("Total")) {
      throw new IOException("no histogram of the heap of process " + pid + ": " + last);
    }
    return Long.parseLong(total[2]);
  }

  private void look() {
    try {
      while (true) {
        for (Map.Entry<String, Long> each : processes.entrySet()) {
          long bytes = ProcessMemory.residentBytes(each.getValue());
          synchronized (this) {
            if (!intervals.isEmpty()) {
              intervals.getLast().merge(each.getKey(), bytes, Math::max);
            }
          }
        }
        Time.system().pause(EVERY);
      }
    } catch (IOException e) {
      // The process is gone, and the bench with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

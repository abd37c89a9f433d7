package org.groundwork.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.groundwork.settlement.time.Time;

/**
 * A process and all that it started, stopped until this is closed. Should this process die
 * meanwhile, a shell lets them go on after the longest pause.
 */
final class Freeze implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final SortedSet<Long> pids = new TreeSet<>();
  private final Time time;
  private final Instant deadline;
  private final Process watchdog;

  /**
   * Stops them.
   *
   * @param longest after which they go on in any case
   */
  Freeze(ProcessHandle root, Duration longest, Time time) throws IOException {
    this.time = time;
    deadline = time.instant().plus(longest);
    watchdog =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap 'exit 0' TERM; sleep %d & wait; for p in %s; do kill -CONT $p; done"
                    .formatted(longest.toSeconds(), spaced(family(root))))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean stopped = false;
    try {
      stop(root);
      stopped = true;
    } finally {
      if (!stopped) {
        close();
      }
    }
  }

  /** The first is stopped first, so that it starts nothing for what is stopped. */
  private void stop(ProcessHandle root) throws IOException {
    for (SortedSet<Long> next = family(root); !pids.containsAll(next); next = family(root)) {
      pids.add(root.pid());
      signal("STOP", root.pid());
      for (long pid : next) {
        if (pids.add(pid)) {
          signal("STOP", pid);
        }
      }
    }
    Instant patience = time.instant().plus(STOPPING);
    for (long pid : pids) {
      while (!isStopped(pid)) {
        if (time.instant().isAfter(patience)) {
          throw new IOException("process " + pid + " cannot be stopped for the copy");
        }
        pause();
      }
    }
  }

  private static SortedSet<Long> family(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .map(ProcessHandle::pid)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** By Linux' word for its state; a process that is gone writes nothing either. */
  private static boolean isStopped(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      String text = Files.readString(stat);
      char state = text.charAt(text.lastIndexOf(')') + 2);
      return state == 'T' || state == 't' || state == 'Z' || state == 'X';
    } catch (java.nio.file.NoSuchFileException e) {
      return true;
    }
  }

  private void pause() throws IOException {
    try {
      time.pause(Duration.ofMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Makes sure that they still stand still.
   *
   * @throws IOException if they have been let go because it took too long
   */
  void hold() throws IOException {
    if (!time.instant().isBefore(deadline)) {
      throw new IOException(
          "the copy took longer than the longest pause; give more with --max-pause, or stop the"
              + " network for the copy");
    }
  }

  private static void signal(String name, long pid) throws IOException {
    try {
      // A process that ended meanwhile is no error: what counts is that nobody writes.
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String spaced(SortedSet<Long> pids) {
    return pids.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  @Override
  public void close() throws IOException {
    for (long pid : pids.reversed()) {
      signal("CONT", pid);
    }
    watchdog.descendants().forEach(ProcessHandle::destroy);
    watchdog.destroy();
  }
}

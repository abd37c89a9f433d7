package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.groundwork.settlement.time.Time;

/** Machines with one folder, in which scripts run as an operator types them. */
final class Operation implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Path folder;
  private final Machines machines;
  private final Time time = Time.system();
  private final Map<String, Process> background = new LinkedHashMap<>();

  Operation(Path folder, int count) throws IOException {
    this.folder = folder;
    launcher("groundwork", "org.groundwork.cli.Main");
    launcher("totals", "org.groundwork.cli.ChainTotals");
    machines = new Machines(count);
  }

  Path folder() {
    return folder;
  }

  Time time() {
    return time;
  }

  /** A program in this test's classes instead of a build. */
  private void launcher(String name, String program) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        """
        #!/bin/bash
        exec "%s/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m \\
          --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
          "-Dgroundwork.home=%s" -cp '%s' %s "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                Path.of("..").toAbsolutePath().normalize(),
                System.getProperty("java.class.path"),
                program));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Starts a script. */
  Process start(int machine, String script, Path log) throws IOException {
    return machines
        .bash(machine, script)
        .directory(folder.toFile())
        .redirectOutput(log.toFile())
        .start();
  }

  Path log(String name) throws IOException {
    return Files.createTempFile(folder, name, ".log");
  }

  /** What a script says, which has to succeed. */
  String output(int machine, String script) throws Exception {
    Path log = log("block");
    int exit = start(machine, script, log).waitFor();
    String said = Files.readString(log);
    assertThat(exit).as("%s%n%s%n%s", script, said, backgroundSaid()).isZero();
    return said;
  }

  /** The same as JSON; a missing node if the script fails. */
  JsonNode json(int machine, String script) throws Exception {
    return Json.MAPPER.readTree(output(machine, script + " || true"));
  }

  /** Runs a script again and again until it says what is wanted; says how long it took. */
  Duration until(int machine, String script, String wanted) throws Exception {
    Instant from = time.instant();
    Pattern pattern = Pattern.compile(wanted);
    String said = output(machine, script);
    while (!pattern.matcher(said).find()) {
      assertThat(time.instant())
          .as("%s%n%s%n%s", script, said, backgroundSaid())
          .isBefore(from.plus(DEADLINE));
      time.pause(PAUSE);
      said = output(machine, script);
    }
    return Duration.between(from, time.instant());
  }

  /** Starts a script that goes on, and waits until it says that it is ready. */
  void background(int machine, String script) throws Exception {
    Path log = log("background");
    Process process = start(machine, script, log);
    background.put(script.replaceFirst("(?s).*--dir (\\w+).*", "$1"), process);
    Instant deadline = time.instant().plus(DEADLINE);
    while (!Files.readString(log).matches("(?s).*(Ctrl-C stops it|runs here; status).*")) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(time.instant()).as(Files.readString(log)).isBefore(deadline);
      time.pause(PAUSE);
    }
  }

  /** Kills the program {@code up} of a folder. */
  void killUp(String of) throws Exception {
    long pid = Long.parseLong(Files.readString(folder.resolve(of).resolve("lock")).strip());
    ProcessHandle up = ProcessHandle.of(pid).orElseThrow();
    up.destroyForcibly();
    up.onExit().get(1, TimeUnit.MINUTES);
    Process script = background.get(of);
    if (script != null) {
      script.waitFor();
    }
  }

  private String backgroundSaid() throws IOException {
    Path log = folder.resolve("net/logs/up.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() throws IOException {
    for (Process process : List.copyOf(background.values()).reversed()) {
      List<ProcessHandle> started = process.descendants().toList();
      started.forEach(ProcessHandle::destroy);
      process.destroy();
      try {
        process.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      started.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    machines.close();
  }
}

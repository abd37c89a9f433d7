package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the blocks of docs/founders.md as they stand, in their order. A block {@code background}
 * runs beside the others, a block {@code until=PATTERN} again and again until its output has that.
 */
class FoundersPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh ?([^\\n]*)\\n(.*?)^```$");
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String READY = "Ctrl-C stops it";

  @TempDir private Path folder;

  private final Time time = Time.system();
  private final List<Process> background = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (Process process : background.reversed()) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    for (Process process : background) {
      process.waitFor(20, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void thePagesCommandsLeadToTheFirstPayment() throws Exception {
    launcher();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "founders.md")));
    int blocks = 0;
    while (block.find()) {
      String how = block.group(1).strip();
      if (how.equals("background")) {
        background(block.group(2));
      } else if (how.startsWith("until=")) {
        until(block.group(2), Pattern.compile(how.substring("until=".length())));
      } else {
        assertThat(how).isEmpty();
        run(block.group(2));
      }
      blocks++;
    }
    assertThat(blocks).isGreaterThan(9);
  }

  /** {@code ./groundwork}, with this test's classes instead of a build. */
  private void launcher() throws IOException {
    Path file = folder.resolve("groundwork");
    Files.writeString(
        file,
        """
        #!/bin/bash
        exec "%s/bin/java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m \\
          --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
          "-Dgroundwork.home=%s" -cp '%s' org.groundwork.cli.Main "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                Path.of("..").toAbsolutePath().normalize(),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Process start(String script, Path log) throws IOException {
    return new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private String run(String script) throws Exception {
    Path log = Files.createTempFile(folder, "block", ".log");
    int exit = start(script, log).waitFor();
    String said = Files.readString(log);
    assertThat(exit).as("%s%n%s%n%s", script, said, backgroundSaid()).isZero();
    return said;
  }

  private void until(String script, Pattern wanted) throws Exception {
    Instant deadline = time.instant().plus(DEADLINE);
    String said = run(script);
    while (!wanted.matcher(said).find()) {
      assertThat(time.instant())
          .as("%s%n%s%n%s", script, said, backgroundSaid())
          .isBefore(deadline);
      time.pause(PAUSE);
      said = run(script);
    }
  }

  /** Starts a block; the deployment is waited for. */
  private void background(String script) throws Exception {
    Path log = folder.resolve("background-" + background.size() + ".log");
    Process process = start(script, log);
    background.add(process);
    Instant deadline = time.instant().plus(DEADLINE);
    while (script.contains(" up ") && !Files.readString(log).contains(READY)) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(time.instant()).as(Files.readString(log)).isBefore(deadline);
      time.pause(PAUSE);
    }
  }

  private String backgroundSaid() throws IOException {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < background.size(); i++) {
      said.append(Files.readString(folder.resolve("background-" + i + ".log")));
    }
    return said.toString();
  }
}

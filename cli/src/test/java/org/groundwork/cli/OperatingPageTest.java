package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the blocks {@code sh} of docs/operating.md as they stand, in their order, on two machines;
 * then kills parts of the first at random, as many as the property {@code groundwork.up.kills}
 * says, while objects are stored: none that was acknowledged is lost, epochs settle, and all is
 * well again by itself.
 */
class OperatingPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh ?([^\\n]*)\\n(.*?)^```$");
  private static final Pattern METRIC = Pattern.compile("\\bgroundwork_[a-z_]+");
  private static final int KILLS = Integer.getInteger("groundwork.up.kills", 0);
  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String UP = "./groundwork up --dir net";
  private static final int OBJECT_BYTES = 50_000;

  @TempDir private Path folder;

  private final Time time = Time.system();
  private final List<Process> background = new ArrayList<>();
  private final Map<String, byte[]> acknowledged = new HashMap<>();

  @AfterEach
  void end() throws Exception {
    for (Process process : background.reversed()) {
      List<ProcessHandle> started = process.descendants().toList();
      started.forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor(20, TimeUnit.SECONDS);
      started.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void thePagesCommandsWorkAndNoKillLosesAnything() throws Exception {
    launcher();
    try (TwoMachines machines = new TwoMachines()) {
      page(machines);
      theDashboardAndTheRulesNameMetricsThatExist();
      String joined = output(machines, 2, "./groundwork status --dir joined --json || true");
      assertThat(Json.MAPPER.readTree(joined).path("providers").path(0).path("answers").asBoolean())
          .as(joined)
          .isTrue();
      if (KILLS > 0) {
        kills(machines);
      }
      end();
    }
  }

  private void page(TwoMachines machines) throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "operating.md")));
    int blocks = 0;
    while (block.find()) {
      String how = block.group(1).strip();
      int machine = how.startsWith("other") ? 2 : 1;
      how = how.replaceFirst("^other ?", "");
      if (how.equals("background")) {
        background(machines, machine, block.group(2));
      } else if (how.startsWith("until=")) {
        until(machines, machine, block.group(2), how.substring("until=".length()));
      } else {
        assertThat(how).isEmpty();
        output(machines, machine, block.group(2));
      }
      blocks++;
    }
    assertThat(blocks).isGreaterThan(9);
    assertThat(folder.resolve("again/keys/password")).exists();
    assertThat(folder.resolve("monday/data/keys/password")).doesNotExist();
  }

  private void theDashboardAndTheRulesNameMetricsThatExist() throws IOException {
    TreeSet<String> there = new TreeSet<>();
    for (String line : Files.readAllLines(folder.resolve("metrics"))) {
      if (!line.startsWith("#")) {
        there.add(line.replaceFirst("[{ ].*$", ""));
      }
    }
    Path monitoring = Path.of("..", "packaging", "monitoring");
    TreeSet<String> named = new TreeSet<>();
    JsonNode dashboard =
        Json.MAPPER.readTree(Files.readAllBytes(monitoring.resolve("grafana-dashboard.json")));
    for (JsonNode expression : dashboard.findValues("expr")) {
      METRIC.matcher(expression.asText()).results().forEach(found -> named.add(found.group()));
    }
    for (String line : Files.readAllLines(monitoring.resolve("alerts.yml"))) {
      if (line.strip().startsWith("expr:")) {
        METRIC.matcher(line).results().forEach(found -> named.add(found.group()));
      }
    }
    assertThat(named).hasSizeGreaterThan(15);
    assertThat(there).containsAll(named);
  }

  private void kills(TwoMachines machines) throws Exception {
    long seed = Long.getLong("groundwork.seed", new SecureRandom().nextLong());
    System.out.println("groundwork.seed=" + seed + ", groundwork.up.kills=" + KILLS);
    Random random = new Random(seed);
    Path home = folder.resolve("net/customer");
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    String aws =
        "AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=$(cat net/customer/secret-key) aws --endpoint-url http://127.0.0.1:%d s3 "
            .formatted(setup.accessKey(), setup.port());
    until(machines, 1, aws + "mb s3://kept && echo made || true", "made");
    long settled = status(machines).path("epochs").path("settled").asLong();
    for (int kill = 1; kill <= KILLS; kill++) {
      byte[] content = new byte[1 + random.nextInt(OBJECT_BYTES)];
      random.nextBytes(content);
      Files.write(folder.resolve("object"), content);
      String name = "object-" + kill;
      String put = aws + "cp --only-show-errors object s3://kept/" + name;
      if (output(machines, 1, put + " && echo stored || true").contains("stored")) {
        acknowledged.put(name, content);
      }
      time.pause(Duration.ofMillis(random.nextInt(3_000)));
      System.out.println("kill " + kill + ": " + kill(machines, random));
    }
    until(
        machines,
        1,
        "./groundwork status --dir net --json || true",
        "\"settled\":" + after(settled));
    System.out.println(acknowledged.size() + " of " + KILLS + " objects were acknowledged");
    assertThat(acknowledged).isNotEmpty();
    for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
      String get = aws + "cp --only-show-errors s3://kept/" + each.getKey() + " read";
      until(machines, 1, get + " && echo it is there || true", "it is there");
      assertThat(Files.readAllBytes(folder.resolve("read"))).isEqualTo(each.getValue());
    }
    until(machines, 1, "./groundwork status --dir net --json || true", WELL);
  }

  /** No part is down or in trouble; alerts of what was killed may still hold. */
  private static final String WELL =
      "(?s)^(?!.*\"running\":false)(?!.*\"troubles\":\\[\").*\"part\":\"s3\"";

  /** A pattern of every number above one. */
  private static String after(long settled) {
    StringBuilder above = new StringBuilder("(");
    for (long next = settled + 1; next <= settled + 500; next++) {
      above.append(next).append('|');
    }
    return above.append("0000),").toString();
  }

  /** Kills a part, or the program itself, which is started again as a service is. */
  private String kill(TwoMachines machines, Random random) throws Exception {
    JsonNode parts = status(machines).path("parts");
    int which = random.nextInt(5);
    if (which == 4 || parts.size() <= which) {
      Process up = background.getFirst();
      up.descendants()
          .filter(process -> process.info().commandLine().orElse("").contains("Main up --dir net"))
          .forEach(ProcessHandle::destroyForcibly);
      up.destroyForcibly();
      up.waitFor();
      background.removeFirst();
      background(machines, 1, UP);
      background.addFirst(background.removeLast());
      return "up";
    }
    JsonNode part = parts.path(which);
    ProcessHandle.of(part.path("pid").asLong())
        .filter(process -> part.path("pid").asLong() > 0)
        .ifPresent(ProcessHandle::destroyForcibly);
    return part.path("part").asText();
  }

  private JsonNode status(TwoMachines machines) throws Exception {
    return Json.MAPPER.readTree(
        output(machines, 1, "./groundwork status --dir net --json || true"));
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

  private Process start(TwoMachines machines, int machine, String script, Path log)
      throws IOException {
    return machines
        .bash(machine, script)
        .directory(folder.toFile())
        .redirectOutput(log.toFile())
        .start();
  }

  private String output(TwoMachines machines, int machine, String script) throws Exception {
    Path log = Files.createTempFile(folder, "block", ".log");
    int exit = start(machines, machine, script, log).waitFor();
    String said = Files.readString(log);
    assertThat(exit).as("%s%n%s%n%s", script, said, backgroundSaid()).isZero();
    return said;
  }

  private void until(TwoMachines machines, int machine, String script, String wanted)
      throws Exception {
    Instant deadline = time.instant().plus(DEADLINE);
    Pattern pattern = Pattern.compile(wanted);
    String said = output(machines, machine, script);
    while (!pattern.matcher(said).find()) {
      assertThat(time.instant())
          .as("%s%n%s%n%s", script, said, backgroundSaid())
          .isBefore(deadline);
      time.pause(PAUSE);
      said = output(machines, machine, script);
    }
  }

  /** Starts a block and waits until it is ready. */
  private void background(TwoMachines machines, int machine, String script) throws Exception {
    Path log = Files.createTempFile(folder, "background", ".log");
    Process process = start(machines, machine, script, log);
    background.add(process);
    Instant deadline = time.instant().plus(DEADLINE);
    while (!Files.readString(log).matches("(?s).*(Ctrl-C stops it|runs here; status).*")) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(time.instant()).as(Files.readString(log)).isBefore(deadline);
      time.pause(PAUSE);
    }
  }

  private String backgroundSaid() throws IOException {
    Path log = folder.resolve("net/logs/up.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}

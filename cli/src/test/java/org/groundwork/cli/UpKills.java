package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.settlement.time.Time;

/**
 * Kills processes of the machines of docs/operating.md at random with SIGKILL while objects are
 * stored. What was acknowledged, final or shown before is there afterwards.
 */
final class UpKills {
  private static final String UP = "up";
  private static final int OBJECT_BYTES = 50_000;
  private static final Duration DEADLINE = Duration.ofMinutes(20);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final String EXPLORER = "https://10.0.0.1:8600";
  private static final String CURL = "curl --silent --max-time 10 --cacert net/tls.pem " + EXPLORER;

  /** A process: of a machine, in a folder. */
  private record Target(int machine, String folder, String part) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target(1, "net", "chain"),
          new Target(1, "net", "node"),
          new Target(1, "net", "providers"),
          new Target(1, "net", "s3"),
          new Target(1, "net", "explorer"),
          new Target(1, "net", UP),
          new Target(2, "joined", "providers"),
          new Target(2, "joined", UP),
          new Target(3, "third", "node"),
          new Target(3, "third", UP));

  private final Operation operation;
  private final Time time = Time.system();
  private final Random random;
  private final Map<String, byte[]> acknowledged = new HashMap<>();
  private final SortedMap<String, String> roots = new TreeMap<>();

  UpKills(Operation operation, Random random) {
    this.operation = operation;
    this.random = random;
  }

  /** The explorer is killed, and its page is there again. */
  void killExplorer() throws Exception {
    kill(new Target(1, "net", "explorer"));
    awaitPage();
  }

  void run(int kills) throws Exception {
    String aws = aws();
    operation.until(1, aws + "mb s3://kept && echo made || true", "made");
    remember();
    long before = settled();
    SortedMap<String, Integer> killed = new TreeMap<>();
    List<Target> next = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (int kill = 1; kill <= kills; kill++) {
      if (next.isEmpty()) {
        next.addAll(TARGETS);
        Collections.shuffle(next, random);
      }
      Target target = next.removeLast();
      whileStoring(aws, "object-" + kill, target);
      killed.merge(target.folder() + " " + target.part(), 1, Integer::sum);
      Duration page = awaitPage();
      longest = page.compareTo(longest) > 0 ? page : longest;
      System.out.printf(
          "kill %d: %s %s; the page is up to date after %d s%n",
          kill, target.folder(), target.part(), page.toSeconds());
      if (kill % TARGETS.size() == 0) {
        remember();
      }
    }
    System.out.printf(
        "%s; %d of %d objects were acknowledged; the page was away for %d s at most%n",
        killed, acknowledged.size(), kills, longest.toSeconds());
    assertThat(acknowledged).isNotEmpty();
    operation.until(1, monitor(1, "net"), "\"settled\":" + above(before + 1));
    objectsAreThere(aws);
    allIsWell();
    theFifthVerifierSigns();
    chainAndExplorerAgree();
  }

  private String aws() throws Exception {
    Path home = operation.folder().resolve("net/customer");
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    return "AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=$(cat net/customer/secret-key) aws --endpoint-url http://127.0.0.1:%d s3 "
        .formatted(setup.accessKey(), setup.port());
  }

  private void whileStoring(String aws, String name, Target target) throws Exception {
    byte[] content = new byte[1 + random.nextInt(OBJECT_BYTES)];
    random.nextBytes(content);
    Files.write(operation.folder().resolve("object"), content);
    Path log = operation.log("put");
    Process put =
        operation.start(
            1, aws + "cp --only-show-errors object s3://kept/" + name + " && echo stored", log);
    time.pause(Duration.ofMillis(random.nextInt(3_000)));
    kill(target);
    put.waitFor();
    if (Files.readString(log).contains("stored")) {
      acknowledged.put(name, content);
    }
  }

  /** Kills a process that runs; the program itself is started again, as a service is. */
  private void kill(Target target) throws Exception {
    if (target.part().equals(UP)) {
      operation.killUp(target.folder());
      operation.background(target.machine(), "./groundwork up --dir " + target.folder());
      return;
    }
    Instant deadline = time.instant().plus(DEADLINE);
    while (!killed(target)) {
      assertThat(time.instant()).as(target.toString()).isBefore(deadline);
      time.pause(PAUSE);
    }
  }

  private boolean killed(Target target) throws Exception {
    JsonNode status = operation.json(target.machine(), monitor(target.machine(), target.folder()));
    for (JsonNode part : status.path("parts")) {
      long pid = part.path("pid").asLong();
      if (part.path("part").asText().equals(target.part()) && pid > 0) {
        return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
      }
    }
    return false;
  }

  private String monitor(int machine, String folder) throws Exception {
    Path ports = operation.folder().resolve(folder).resolve("ports.json");
    int port = Json.MAPPER.readTree(Files.readAllBytes(ports)).path("monitor").asInt();
    assertThat(port).as("machine " + machine).isPositive();
    return "curl --silent --max-time 10 http://127.0.0.1:%d/status || true".formatted(port);
  }

  private long settled() throws Exception {
    return operation.json(1, monitor(1, "net")).path("epochs").path("settled").asLong();
  }

  /** Waits until page and API answer and the index is at a block that is mined from now on. */
  private Duration awaitPage() throws Exception {
    Instant from = time.instant();
    while (true) {
      String page = operation.output(1, CURL + "/ || true");
      JsonNode index = operation.json(1, CURL + "/api/v1/health").path("index");
      boolean current =
          index.path("trouble").asText("none").isEmpty()
              && index.path("time").asLong() >= from.getEpochSecond()
              && index.path("behindEpochs").asLong() == 0;
      if (current && !page.isEmpty()) {
        return Duration.between(from, time.instant());
      }
      assertThat(time.instant()).as("%s%n%s", page, index).isBefore(from.plus(DEADLINE));
      time.pause(PAUSE);
    }
  }

  /** Final results must never change. */
  private void remember() throws Exception {
    JsonNode results = operation.json(1, "./totals net").path("results");
    for (Map.Entry<String, JsonNode> result : results.properties()) {
      String root = result.getValue().path("moneyRoot").asText();
      assertThat(roots.getOrDefault(result.getKey(), root)).isEqualTo(root);
      roots.put(result.getKey(), root);
    }
    assertThat(results.size()).isGreaterThanOrEqualTo(roots.size());
  }

  /** A pattern of every number from one on. */
  private static String above(long least) {
    StringBuilder numbers = new StringBuilder("(");
    for (long next = least; next <= least + 500; next++) {
      numbers.append(next).append('|');
    }
    return numbers.append("none),").toString();
  }

  private void objectsAreThere(String aws) throws Exception {
    for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
      String get = aws + "cp --only-show-errors s3://kept/" + each.getKey() + " read";
      operation.until(1, get + " && echo it is there || true", "it is there");
      assertThat(Files.readAllBytes(operation.folder().resolve("read"))).isEqualTo(each.getValue());
    }
  }

  /** No part is down or in trouble; alerts of what was killed may still hold. */
  private void allIsWell() throws Exception {
    String well = "(?s)^(?!.*\"running\":false)(?!.*\"troubles\":\\[\").*\"part\":\"%s\"";
    operation.until(1, monitor(1, "net"), well.formatted("explorer"));
    operation.until(2, monitor(2, "joined"), well.formatted("providers"));
    operation.until(3, monitor(3, "third"), well.formatted("node"));
  }

  private void theFifthVerifierSigns() throws Exception {
    operation.until(1, CURL + "/api/v1/epochs || true", "\"signers\":5");
  }

  private void chainAndExplorerAgree() throws Exception {
    remember();
    JsonNode chain = operation.json(1, "./totals net");
    assertThat(chain.path("results").size()).isPositive();
    awaitPage();
    for (Map.Entry<String, JsonNode> result : chain.path("results").properties()) {
      JsonNode shown = operation.json(1, CURL + "/api/v1/epochs/" + result.getKey());
      assertThat(shown.path("moneyRoot")).isEqualTo(result.getValue().path("moneyRoot"));
      SortedMap<String, String> explored = new TreeMap<>();
      for (JsonNode total : shown.path("totals")) {
        explored.put(
            total.path("kind").asText() + "/" + total.path("network").asText(),
            total.path("amount").asText());
      }
      SortedMap<String, String> totals = new TreeMap<>();
      result
          .getValue()
          .path("totals")
          .properties()
          .forEach(total -> totals.put(total.getKey(), total.getValue().asText()));
      assertThat(explored).as("epoch " + result.getKey()).isEqualTo(totals);
    }
    JsonNode sums = operation.json(1, CURL + "/api/v1/overview").path("totals");
    assertThat(sums.path("tokensBurned")).isEqualTo(chain.path("burned"));
    assertThat(sums.path("tokensFunded")).isEqualTo(chain.path("funded"));
    String last =
        chain.path("results").properties().stream().map(Map.Entry::getKey).toList().getLast();
    assertThat(operation.output(1, "./groundwork audit " + last + " --dir net --json"))
        .contains("\"equal\":true", chain.path("results").path(last).path("moneyRoot").asText());
    System.out.printf(
        "%d final results are as they were, and as the explorer shows them%n", roots.size());
  }
}

package org.groundwork.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.groundwork.engine.Runner;
import org.groundwork.engine.Scene;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Bytes;
import org.groundwork.rules.Rules;

/**
 * A real cluster: a job manager and task managers, each a process of its own with Flink on its
 * class path and nothing of ours.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(90);

  private final Path folder;
  private final int restPort = freePort();
  private final int rpcPort = freePort();
  private final String flink = classPath();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> taskManagers = new ArrayList<>();

  StandaloneCluster(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        jobmanager.rpc.address: localhost
        jobmanager.rpc.port: %d
        jobmanager.bind-host: localhost
        jobmanager.memory.heap.size: 256m
        rest.address: localhost
        rest.bind-address: localhost
        rest.port: %d
        taskmanager.host: localhost
        taskmanager.bind-host: localhost
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 1
        taskmanager.memory.task.heap.size: 192m
        taskmanager.memory.task.off-heap.size: 64m
        taskmanager.memory.framework.heap.size: 64m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 64m
        taskmanager.memory.jvm-metaspace.size: 128m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        io.tmp.dirs: %s
        heartbeat.interval: 2000
        heartbeat.timeout: 20000
        """
            .formatted(rpcPort, restPort, folder));
    start("job-manager", JOB_MANAGER);
    startTaskManager();
    startTaskManager();
  }

  void startTaskManager() throws IOException {
    taskManagers.add(start("task-manager-" + processes.size(), TASK_MANAGER));
  }

  /** As {@code kill -9}. */
  void killTaskManager() throws InterruptedException {
    taskManagers.removeFirst().destroyForcibly().waitFor();
  }

  URI address(Path shared, int parallelism) {
    return URI.create(
        "flink://localhost:%d%s?parallelism=%d".formatted(restPort, shared, parallelism));
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + restPort + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** How many failures the newest job went through. */
  int failures() throws IOException, InterruptedException {
    return json("/jobs/" + newestJob() + "/exceptions")
        .path("exceptionHistory")
        .path("entries")
        .size();
  }

  /** On how many task managers the newest job had tasks. */
  int machines() throws IOException, InterruptedException {
    String job = "/jobs/" + newestJob();
    Set<String> machines = new TreeSet<>();
    for (JsonNode vertex : json(job).path("vertices")) {
      JsonNode tasks = json(job + "/vertices/" + vertex.path("id").asText()).path("subtasks");
      tasks.forEach(task -> machines.add(task.path("taskmanager-id").asText()));
    }
    return machines.size();
  }

  private String newestJob() throws IOException, InterruptedException {
    String newest = "";
    long start = -1;
    for (JsonNode job : json("/jobs/overview").path("jobs")) {
      if (job.path("start-time").asLong() > start) {
        start = job.path("start-time").asLong();
        newest = job.path("jid").asText();
      }
    }
    return newest;
  }

  /** What the job manager answers. */
  private JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path));
  }

  /** Waits until so many task managers have registered. */
  void awaitTaskManagers(int count) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (get("/overview").contains("\"taskmanagers\":" + count + ",")) {
          return;
        }
      } catch (IOException e) {
        // Not up yet.
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no " + count + " task managers in time\n" + logs());
  }

  /** The end of each process's log. */
  String logs() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .sorted()
          .map(StandaloneCluster::end)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String end(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return log
          + "\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process start(String name, String main) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dgroundwork.log=INFO",
                "-cp",
                flink,
                main,
                "--configDir",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** The test's class path without anything that a job brings along. */
  private static String classPath() {
    Set<String> ours = new TreeSet<>();
    for (Class<?> type :
        List.of(
            Bytes.class,
            Rules.class,
            Runner.class,
            Scene.class,
            EpochJob.class,
            CounterNetwork.class)) {
      ours.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString());
    }
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(path -> !ours.contains(path))
        .filter(path -> !path.contains("bcprov") && !path.contains("AmazonCorretto"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}

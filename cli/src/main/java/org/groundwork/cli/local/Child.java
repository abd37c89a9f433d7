package org.groundwork.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process of this program, with its output in a file. It ends when this one does. */
public final class Child implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int LARGE_HEAP = 1024;

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread hook;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    hook = new Thread(process::destroyForcibly);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This program ends: who keeps its children running must not leave one behind.
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * Starts a command of this program in a Java machine of its own.
   *
   * @param heapMegabytes largest heap
   */
  public static Child start(String name, Path log, int heapMegabytes, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    if (heapMegabytes < LARGE_HEAP) {
      // One collector thread is enough, and takes the least memory. What is under way must fit into
      // a third of what eden has, or it is taken for old, and the whole heap collected for it.
      command.add("-XX:+UseSerialGC");
      command.add("-XX:SurvivorRatio=3");
    } else {
      // Pieces of objects are large arrays, which this one does not copy.
      command.add("-XX:+UseG1GC");
      // What was read or stored last fills a third of the heap of an S3 endpoint: before twice of
      // that is used, there is no reason to search it for what is dead.
      command.add("-XX:-G1UseAdaptiveIHOP");
      command.add("-XX:InitiatingHeapOccupancyPercent=70");
    }
    command.add("-Xshare:auto");
    // Of the JDK's HTTP client, in bytes: pieces are long.
    command.add("-Djdk.httpclient.bufsize=131072");
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    String home = System.getProperty("groundwork.home");
    if (home != null) {
      command.add("-Dgroundwork.home=" + home);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.groundwork.cli.Main");
    command.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    // Its standard input is a pipe from here: a child sees the end of it when this process is gone.
    return new Child(name, process, log);
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** How it ended; 128 and more for a signal. Waits a while for the end. */
  public int exitCode() {
    await();
    return process.isAlive() ? 0 : process.exitValue();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Path log() {
    return log;
  }

  /** The processes that it started, and they started, now. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** SIGKILL: no chance to clean up. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM, and SIGKILL after a while. */
  @Override
  public void close() {
    process.destroy();
    if (!await()) {
      process.destroyForcibly();
      await();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine goes down already, and the hook with it.
    }
  }

  private boolean await() {
    try {
      return process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

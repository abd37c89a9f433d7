package org.groundwork.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces with a cable between them, as separate machines with the addresses
 * 10.0.0.1 and 10.0.0.2. Needs root and iproute2; without them both are this machine, and the
 * addresses become those of its loopback.
 */
final class TwoMachines implements AutoCloseable {
  private static final Path IP = Path.of("/usr/sbin/ip");

  private final boolean apart;
  private final String name = "gw" + ProcessHandle.current().pid();

  TwoMachines() throws IOException {
    apart = "root".equals(System.getProperty("user.name")) && Files.isExecutable(IP) && lay();
    if (!apart) {
      System.out.println(
          "Not root, or no network namespaces here: both machines of docs/operating.md are this"
              + " one.");
    }
  }

  boolean areApart() {
    return apart;
  }

  private boolean lay() throws IOException {
    boolean laid = true;
    for (int i = 1; i <= 2; i++) {
      laid &= ip("netns", "add", name + "-" + i);
    }
    laid =
        laid
            && ip(
                "link",
                "add",
                "cable1",
                "netns",
                name + "-1",
                "type",
                "veth",
                "peer",
                "name",
                "cable2",
                "netns",
                name + "-2");
    for (int i = 1; i <= 2 && laid; i++) {
      String space = name + "-" + i;
      laid =
          ip("-n", space, "addr", "add", "10.0.0." + i + "/24", "dev", "cable" + i)
              && ip("-n", space, "link", "set", "cable" + i, "up")
              && ip("-n", space, "link", "set", "lo", "up");
    }
    if (!laid) {
      close();
    }
    return laid;
  }

  private static boolean ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(IP.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // What it printed ended with it.
    boolean done = process.onExit().join().exitValue() == 0;
    if (!done) {
      System.out.println(String.join(" ", command) + ": " + said);
    }
    return done;
  }

  /** A script as a process of the first or second machine. */
  ProcessBuilder bash(int machine, String script) {
    List<String> command = new ArrayList<>();
    if (apart) {
      command.addAll(List.of(IP.toString(), "netns", "exec", name + "-" + machine));
    }
    String here =
        apart ? script : script.replace("10.0.0.1", "127.0.0.1").replace("10.0.0.2", "127.0.0.1");
    command.addAll(List.of("bash", "-euo", "pipefail", "-c", here));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  @Override
  public void close() throws IOException {
    for (int i = 1; i <= 2; i++) {
      ip("netns", "del", name + "-" + i);
    }
  }
}

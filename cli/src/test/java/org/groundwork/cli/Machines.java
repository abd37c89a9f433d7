package org.groundwork.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Network namespaces on one wire, as separate machines with the addresses 10.0.0.1, 10.0.0.2 and so
 * on. Needs root and iproute2; without them all are this machine, and the addresses become those of
 * its loopback.
 */
final class Machines implements AutoCloseable {
  private static final Path IP = Path.of("/usr/sbin/ip");

  private final int count;
  private final boolean apart;
  private final String name = "gw" + ProcessHandle.current().pid();

  Machines(int count) throws IOException {
    this.count = count;
    apart = "root".equals(System.getProperty("user.name")) && Files.isExecutable(IP) && lay();
    if (!apart) {
      System.out.println(
          "Not root, or no network namespaces here: all machines of docs/operating.md are this one.");
    }
  }

  boolean areApart() {
    return apart;
  }

  /** The first machine's end of the wire is a bridge, into which the others' cables are plugged. */
  private boolean lay() throws IOException {
    boolean laid = true;
    for (int i = 1; i <= count; i++) {
      laid &= ip("netns", "add", space(i)) && ip("-n", space(i), "link", "set", "lo", "up");
    }
    laid = laid && ip("-n", space(1), "link", "add", "wire", "type", "bridge") && up(1, "wire");
    for (int i = 2; i <= count && laid; i++) {
      String plug = "plug" + i;
      laid =
          ip("-n", space(1), "link", "add", plug, "type", "veth", "peer", "wire", "netns", space(i))
              && ip("-n", space(1), "link", "set", plug, "master", "wire", "up")
              && up(i, "wire");
    }
    if (!laid) {
      close();
    }
    return laid;
  }

  private boolean up(int machine, String device) throws IOException {
    return ip("-n", space(machine), "addr", "add", "10.0.0." + machine + "/24", "dev", device)
        && ip("-n", space(machine), "link", "set", device, "up");
  }

  private String space(int machine) {
    return name + "-" + machine;
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

  /** A script as a process of a machine, the first of which is 1. */
  ProcessBuilder bash(int machine, String script) {
    List<String> command = new ArrayList<>();
    if (apart) {
      command.addAll(List.of(IP.toString(), "netns", "exec", space(machine)));
    }
    String here = apart ? script : script.replaceAll("10\\.0\\.0\\.[1-9]", "127.0.0.1");
    command.addAll(List.of("bash", "-euo", "pipefail", "-c", here));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  @Override
  public void close() throws IOException {
    for (int i = 1; i <= count; i++) {
      ip("netns", "del", space(i));
    }
  }
}

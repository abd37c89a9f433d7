package org.groundwork.node.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.node.Node;
import org.groundwork.settlement.deploy.Deployment;

/** A node in a process of its own, for tests that kill it. */
public final class NodeProcess {
  private static final String READY = "READY";

  private NodeProcess() {}

  /** Runs a node until the process is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Node node =
        LocalNetwork.start(
            arguments[0],
            Path.of(arguments[1]),
            URI.create(arguments[2]),
            Deployment.load(Path.of(arguments[3])),
            Integer.parseInt(arguments[4]));
    System.out.println(READY);
    endWithParent();
    node.close();
  }

  /** Returns when the parent, which holds the other end of standard input, is gone. */
  static void endWithParent() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever written.
    }
  }

  static Process start(String name, Path data, URI rpc, Path deployment, int port)
      throws IOException {
    Process process =
        launch(
            NodeProcess.class,
            List.of(name, data.toString(), rpc.toString(), deployment.toString(), "" + port));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.equals(READY)) {
      System.out.println(name + ": " + line);
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(name + " did not start");
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(each -> echo(name, each)));
    return process;
  }

  private static void echo(String name, String line) {
    System.out.println(name + ": " + line);
  }

  /** Starts a Java program of the test's class path; its errors go to ours. */
  public static Process launch(Class<?> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx384m",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** SIGKILL, and waits until the process is gone; what it had written can still be read. */
  public static void kill(Process process) {
    boolean asked = process.toHandle().destroyForcibly();
    if (!asked && process.isAlive()) {
      throw new IllegalStateException("cannot be killed: " + process);
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

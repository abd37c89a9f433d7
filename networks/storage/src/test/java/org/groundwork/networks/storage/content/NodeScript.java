package org.groundwork.networks.storage.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the clients in {@code checks/clients}, which npm installed. */
public final class NodeScript {
  private NodeScript() {}

  /** What the script printed; it must have ended well. */
  public static String run(Path scratch, String script, String... arguments)
      throws IOException, InterruptedException {
    return run(scratch, Map.of(), script, arguments);
  }

  /** The same with variables in its environment. */
  public static String run(
      Path scratch, Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    Path clients = clients();
    assertThat(clients.resolve("node_modules"))
        .as("install them with `npm ci --ignore-scripts --prefix checks/clients`")
        .isDirectory();
    List<String> command = new ArrayList<>(List.of("node", clients.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(scratch, "node", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertThat(ended).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.strip();
  }

  private static Path clients() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("checks/clients"))) {
        return folder.resolve("checks/clients");
      }
    }
    throw new AssertionError("no folder checks/clients above this one");
  }
}

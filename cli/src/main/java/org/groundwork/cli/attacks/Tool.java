package org.groundwork.cli.attacks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.groundwork.cli.Failure;

/** A program that is run to its end. */
final class Tool {
  /** What it wrote, and its exit status. */
  record Outcome(String output, int status) {
    private static final int TAIL = 3000;

    String lastLineStartingWith(String prefix) {
      return output
          .lines()
          .filter(line -> line.startsWith(prefix))
          .reduce((_, last) -> last)
          .orElse("");
    }

    String tail() {
      return output.substring(Math.max(0, output.length() - TAIL));
    }
  }

  private Tool() {}

  static Outcome run(
      Path folder, Map<String, String> environment, Path program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(output, process.waitFor());
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new Failure(program + " was interrupted", e);
    }
  }
}

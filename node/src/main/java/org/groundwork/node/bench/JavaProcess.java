package org.groundwork.node.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that runs a program of ours. */
final class JavaProcess {
  private JavaProcess() {}

  /** Starts a program with this one's class path and options; its errors go to ours. */
  static Process start(Class<?> program, List<String> arguments) throws IOException {
    return start(program, List.of(), arguments);
  }

  /** The same with options of the virtual machine, which come after this one's. */
  static Process start(Class<?> program, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") && !option.contains("SharedArchive"))
        .filter(option -> !option.contains("Log"))
        .filter(
            option -> options.isEmpty() || !option.matches("-X(m[nsx]|X:\\+(Use.*GC|Always)).*"))
        .forEach(command::add);
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** SIGKILL, and waits until the process is gone. */
  static void kill(Process process) {
    Process killed = process.destroyForcibly();
    boolean interrupted = false;
    while (killed.isAlive()) {
      try {
        killed.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

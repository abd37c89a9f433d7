package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the programs that people use. */
record Program(Path file, String debianPackage) {
  record Ran(int exit, String output) {
    /** What it said, if it was content. */
    String good() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + ": " + output);
      }
      return output;
    }
  }

  Ran run(Path directory, Map<String, String> environment, List<String> arguments) {
    if (!Files.isExecutable(file)) {
      throw new AssertionError(
          file + " is missing: install it with `apt-get install " + debianPackage + "`.");
    }
    var command = new ArrayList<String>();
    command.add(file.toString());
    command.addAll(arguments);
    try {
      Path log = Files.createTempFile(directory, "client", ".log");
      var builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
      builder.environment().putAll(environment);
      builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
      Process process = builder.start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end: " + Files.readString(log));
      }
      return new Ran(process.exitValue(), Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

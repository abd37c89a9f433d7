package org.groundwork.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Where verifiers have epochs judged. */
final class RunnerOption {
  @Option(
      names = "--runner",
      paramLabel = "ADDRESS",
      defaultValue = "${env:GROUNDWORK_RUNNER:-local}",
      description = {
        "Where verifiers have epochs judged: local, or on a Flink cluster,",
        "flink://HOST:PORT/FOLDER?parallelism=N (default: ${DEFAULT-VALUE})."
      })
  private URI address;

  URI address() {
    return address;
  }
}

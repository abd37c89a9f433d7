package org.groundwork.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.local.LocalNodeProcess;
import org.groundwork.cli.local.ParentWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs roles of a network on this machine in a process of their own. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Runs a gateway or verifiers of a network that \"groundwork up\" laid out.",
    footer = {"", "Example:", "  groundwork node --dir .groundwork verifier-1 verifier-2"})
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of the network (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Mixin private RunnerOption runner;

  @Option(names = "--child", hidden = true, description = "Ends with the process above.")
  private boolean child;

  @Parameters(paramLabel = "ROLE", arity = "1..*", description = "gateway, verifier-1, ...")
  private List<String> roles;

  @Override
  public Integer call() throws Exception {
    if (child) {
      ParentWatch.start();
    }
    Foreground.run(
        List.of(LocalNodeProcess.start(folder.toAbsolutePath(), roles, runner.address())));
    return 0;
  }
}

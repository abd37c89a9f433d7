package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.backup.Upgrade;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prepares a folder for this version. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Prepares the folder of a stopped network for this version of the program: looks whether"
          + " this",
      "version can read it, and takes a backup beside it. Does nothing where this version ran"
          + " last,",
      "and refuses where a newer one did. The service does it at each start.",
    },
    footer = {"", "Example:", "  groundwork upgrade --dir my-network"})
final class UpgradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of the network (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Upgrade.Done done = Upgrade.run(folder, Version.number(), Time.system());
    PrintWriter out = spec.commandLine().getOut();
    if (done.backup().isPresent()) {
      out.printf(
          "From version %s (layout %d) to %s (layout %d); what was there is in %s.%n",
          done.before().isEmpty() ? "before 0.1.0" : done.before(),
          done.layout(),
          Version.number(),
          FolderFormat.CURRENT,
          done.backup().get());
    } else {
      out.printf("%s is of version %s; there is nothing to do.%n", folder, Version.number());
    }
    out.flush();
    return 0;
  }
}

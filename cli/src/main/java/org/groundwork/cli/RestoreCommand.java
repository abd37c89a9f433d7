package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.backup.Restore;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup back. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every file of a backup against its sum and puts it into a folder, which must be"
          + " empty",
      "or not there. The network that was copied must not run any more: a key in two places can",
      "sign two results, and loses its stake.",
    },
    footer = {
      "",
      "Example:",
      "  groundwork restore /backups/monday --dir my-network --passphrase-file phrase",
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BACKUP", description = "The backup's folder.")
  private Path backup;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Where it goes (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Holds the passphrase in its first line.")
  private Optional<Path> passphrase = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Optional<String> phrase =
        passphrase.isPresent()
            ? Optional.of(BackupCommand.phrase(passphrase.get()))
            : Optional.empty();
    Restore.Done done = Restore.run(backup, folder, phrase, Time.system());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s is as it was at %s (version %s). Start it: groundwork up --dir %s%n",
        folder, Instant.ofEpochSecond(done.taken()), done.version(), folder);
    if (!done.missing().isEmpty()) {
      out.println("Put these there first, which the backup left out:");
      done.missing().forEach(name -> out.println("  " + folder.resolve(name)));
    }
    out.flush();
    return 0;
  }
}

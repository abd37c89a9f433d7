package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.backup.Backup;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the network's folder. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the folder of a network while it runs; it stands still only while what changed"
          + " during",
      "the copy is copied again. The backup is a folder with SHA256SUMS, which sha256sum -c"
          + " checks.",
      "Key files stay encrypted as they are. The password that opens them and other keys in plain",
      "files are encrypted with a passphrase, left out, or copied, as you say.",
      "Disks of providers that lie elsewhere (store.json) are not copied.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork backup /backups/monday --passphrase-file phrase",
      "  groundwork backup /backups/monday --no-secrets",
    })
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Where the backup goes; it must not exist.")
  private Path target;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of the network (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @ArgGroup(multiplicity = "1")
  private SecretOptions secrets = new SecretOptions();

  @Option(
      names = "--max-pause",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest time to stand still (default: ${DEFAULT-VALUE}).")
  private int maxPause;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  /** What becomes of the plain secrets. */
  static final class SecretOptions {
    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        description = "Encrypts the plain secrets with the first line of this file.")
    private Optional<Path> passphrase = Optional.empty();

    @Option(names = "--no-secrets", description = "Leaves the plain secrets out.")
    private boolean leftOut;

    @Option(
        names = "--plain-secrets",
        description = "Copies them: who has the backup can spend and sign.")
    private boolean plain;

    Backup.Custody custody() throws IOException {
      if (passphrase.isPresent()) {
        return new Backup.Custody.Sealed(phrase(passphrase.get()));
      }
      if (plain) {
        return new Backup.Custody.Plain();
      }
      if (leftOut) {
        return new Backup.Custody.LeftOut();
      }
      throw new Failure("Say what becomes of the secrets: --passphrase-file, or --no-secrets.");
    }
  }

  /** The first line of a file. */
  static String phrase(Path file) throws IOException {
    String phrase = Files.readString(file).lines().findFirst().orElse("");
    if (phrase.isBlank()) {
      throw new Failure(file + " holds no passphrase in its first line.");
    }
    return phrase;
  }

  @Override
  public Integer call() throws IOException {
    Backup.Made made =
        new Backup(folder, Time.system())
            .make(target, secrets.custody(), Duration.ofSeconds(maxPause), Version.number());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.line(
              Json.object()
                  .put("backup", made.folder().toString())
                  .put("files", made.files())
                  .put("pause_milliseconds", made.pause().toMillis())));
    } else {
      out.printf(
          "%d files are in %s; the network stood still for %d ms.%n",
          made.files(), made.folder(), made.pause().toMillis());
    }
    out.flush();
    return 0;
  }
}

package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.join.JoinRole;
import org.groundwork.cli.join.JoinToken;
import org.groundwork.cli.join.Tokens;
import org.groundwork.cli.up.UpFile;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets machines join. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Lets another machine join the network that runs here.",
    subcommands = TokenCommand.New.class)
final class TokenCommand {
  private TokenCommand() {}

  /** A new token. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Prints a token with which one other machine can join once, with \"groundwork join\". It",
        "carries the address of this machine's door (addresses.door of groundwork.toml) and the",
        "fingerprint of its certificate. Hand it over as you hand over a password.",
      },
      footer = {
        "",
        "Examples:",
        "  groundwork token new provider > token",
        "  groundwork token new verifier --minutes 10 > token",
      })
  static final class New implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ROLE", description = "provider, verifier or gateway.")
    private String role;

    @Option(
        names = "--dir",
        paramLabel = "FOLDER",
        defaultValue = ".groundwork",
        description = "Folder of the network (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
        names = "--minutes",
        defaultValue = "60",
        description = "How long it can be used (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
        names = "--door",
        paramLabel = "HOST:PORT",
        description = "The door as the other machine reaches it, if not as configured.")
    private Optional<String> door = Optional.empty();

    @Override
    public Integer call() throws IOException {
      JoinRole wanted =
          JoinRole.of(role)
              .orElseThrow(() -> new Failure("A machine joins as provider, verifier or gateway."));
      String address = door.orElse(UpFile.read(folder).addresses().door());
      if (address.isEmpty()) {
        throw new Failure(
            "This network has no door: set addresses.door in "
                + folder.resolve(UpFile.NAME)
                + " and start it again.");
      }
      if (minutes < 1) {
        throw new Failure("A token can be used for a minute at least.");
      }
      JoinToken token =
          Tokens.issue(folder, wanted, address, Duration.ofMinutes(minutes), Time.system());
      spec.commandLine().getOut().println(token.text());
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}

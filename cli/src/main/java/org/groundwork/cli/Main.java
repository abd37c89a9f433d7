package org.groundwork.cli;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.groundwork.cli.attacks.AttacksCommand;
import org.groundwork.cli.demo.DemoCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
    name = "groundwork",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Launches and runs decentralized physical infrastructure networks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      UpgradeCommand.class,
      TokenCommand.class,
      JoinCommand.class,
      InitCommand.class,
      NetworkCommand.class,
      NodeCommand.class,
      WhyCommand.class,
      AuditCommand.class,
      ExplorerCommand.class,
      ChainCommand.class,
      WalletCommand.class,
      CreditsCommand.class,
      StakeCommand.class,
      ClaimCommand.class,
      GovCommand.class,
      DisputeCommand.class,
      PriceCommand.class,
      DoctorCommand.class,
      StorageCommand.class,
      ProviderCommand.class,
      SensingCommand.class,
      DeviceCommand.class,
      DataCommand.class,
      AttacksCommand.class,
      BenchCommand.class,
      SimulateCommand.class,
      GenerateCompletion.class,
      CommandLine.HelpCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  groundwork demo                      a whole storage network on this machine",
      "  groundwork up                        the same, kept, for real use",
      "  groundwork why 3                     why device 3 was, or was not, paid",
      "  groundwork audit 2                   recompute epoch 2 from public data",
      "  groundwork storage commitment FILE   the piece commitment of a file",
      "  source <(groundwork generate-completion)",
    })
public final class Main {
  /** It logs through the JDK; what it says of starting and stopping is not news. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private Main() {}

  public static void main(String[] args) {
    HELIDON.setLevel(Level.WARNING);
    System.exit(commandLine().execute(args));
  }

  /** The whole program, ready to execute arguments. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(Main::report);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }

  private static int report(
      Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (exception instanceof Failure || exception instanceof IOException) {
      // A connection that is refused has no message of its own.
      String said = exception.getMessage() == null ? exception.toString() : exception.getMessage();
      commandLine.getErr().println("groundwork: " + said);
      return commandLine.getCommandSpec().exitCodeOnExecutionException();
    }
    throw exception;
  }
}

package org.groundwork.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.DataDaemon;
import org.groundwork.cli.local.ParentWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What sensing networks sell. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Data of sensing networks: sell it, buy it, read it.",
    subcommands = {
      DataCommand.Serve.class,
      DataBuyCommand.class,
      DataGetCommand.class,
      DataTokenCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork data serve my-server",
      "  groundwork data buy --network 2 --around 52.52,13.40 --epochs 24 --dollars 5"
          + " --account customer",
      "  groundwork data get --format csv --out berlin.csv --account customer",
    })
final class DataCommand {
  /** Runs a data server. */
  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Sells the data of a sensing network, from a folder with a data.json.",
      footer = {
        "",
        "The file names deployment, rpc, device, device_key, password_file, host and port.",
        "",
        "Example:",
        "  groundwork data serve my-server"
      })
  static final class Serve implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The server's folder.")
    private Path folder;

    @Option(names = "--child", hidden = true, description = "Ends with the process above.")
    private boolean child;

    @Override
    public Integer call() throws Exception {
      if (child) {
        ParentWatch.start();
      }
      DataDaemon server = DataDaemon.start(folder);
      spec.commandLine().getOut().println("Data server at " + server.uri());
      spec.commandLine().getOut().flush();
      Foreground.run(List.of(server));
      return 0;
    }
  }
}

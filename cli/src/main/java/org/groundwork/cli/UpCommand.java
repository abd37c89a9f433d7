package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.join.Joining;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.ParentWatch;
import org.groundwork.cli.up.JoinedMachine;
import org.groundwork.cli.up.Machine;
import org.groundwork.cli.up.UpLog;
import org.groundwork.cli.up.UpSetup;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A network on this machine, kept. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a deployment on this machine for real use: chain, gateway, four verifiers, and a",
      "storage network with six providers and an S3 endpoint, and a page that shows it all.",
      "Networks of your own are added with \"groundwork network apply\"; the data of each is sold by",
      "a server that starts by itself.",
      "What ends is started again. Stop or kill it and start it again: nothing is lost.",
      "The folder's groundwork.toml, written at the first start, says what runs, where, and when"
          + " to",
      "raise an alert.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork up",
      "  groundwork up --dir my-network",
      "  groundwork up --no-storage        only what a network of your own needs",
      "  groundwork status                 how it is, from another terminal",
    })
final class UpCommand implements Callable<Integer> {
  private static final String NETWORK_HINT =
      "Try: groundwork init air-quality%n     groundwork network apply air-quality.toml --account founder%n"
          .formatted();

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--no-storage",
      description = "Runs no storage network, only the chain, the gateway and the verifiers.")
  private boolean noStorage;

  @Option(
      names = "--quick",
      description = {
        "Slots of a second and epochs of ten instead of slots of five seconds and epochs of a",
        "minute; for a new folder."
      })
  private boolean quick;

  @Option(names = "--child", hidden = true, description = "Ends with the process that started it.")
  private boolean child;

  @Mixin private RunnerOption runner;

  @Override
  public Integer call() throws Exception {
    if (child) {
      ParentWatch.start();
    }
    PrintWriter out = spec.commandLine().getOut();
    Path home = folder.toAbsolutePath();
    UpSetup standard = UpSetup.STANDARD;
    UpSetup fresh =
        standard.with(quick ? standard.network().quick() : standard.network(), !noStorage);
    UpSetup setup = Machine.setup(home, fresh);
    setup = noStorage ? setup.with(setup.network(), false) : setup;
    if (Joining.isJoined(home)) {
      UpLog log = new UpLog(out, home.resolve("logs"), Time.system());
      Foreground.run(
          List.of(JoinedMachine.start(home, setup, runner.address(), Version.number(), log)));
    }
    UpLog log = new UpLog(out, home.resolve("logs"), Time.system());
    Machine machine = Machine.start(home, setup, runner.address(), Version.number(), log);
    Table table = parts(machine.network());
    if (machine.hasExplorer()) {
      table.row("page and API (explorer)", machine.explorerUrl());
    }
    String hint = machine.hasStorage() ? storage(machine.network(), table) : NETWORK_HINT;
    out.printf("%n%s%n%s%nCtrl-C stops it; nothing is lost.%n", table, hint);
    out.flush();
    Foreground.run(List.of(machine));
    return 0;
  }

  /** Adds the customer's part of the storage network; returns what to try. */
  private static String storage(LocalNetwork network, Table table) throws IOException {
    Path home = network.folder().resolve("customer");
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    String url = "http://127.0.0.1:" + setup.port();
    table
        .row("S3 endpoint", url)
        .row("S3 access key", setup.accessKey())
        .row("S3 secret key", "in " + setup.secretKeyFile())
        .row("IPFS gateway, permanent storage", "http://127.0.0.1:" + network.port("content"));
    return "Try: export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=$(cat %s)%n"
            .formatted(setup.accessKey(), setup.secretKeyFile())
        + "     aws --endpoint-url %s s3 mb s3://mine%n".formatted(url);
  }

  private static Table parts(LocalNetwork network) throws IOException {
    network.reader().sync();
    Table table = new Table("what", "where");
    for (RegisteredNetwork created : network.reader().state().networks().values()) {
      table.row("network " + created.id(), NetworkNames.title(created));
    }
    return table
        .row("chain (JSON-RPC)", network.rpc())
        .row("gateway", network.endpoint("gateway"))
        .row("mqtt", "mqtt://127.0.0.1:" + network.port("mqtt"))
        .row("a verifier", network.endpoint("verifier-1"))
        .row("health, status, metrics", "http://127.0.0.1:" + network.port("monitor"))
        .row("deployment file", network.deploymentFile())
        .row("configuration", network.folder().resolve("groundwork.toml"))
        .row("logs", network.folder().resolve("logs"));
  }
}

package org.groundwork.cli;

import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerDaemon;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;
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
      "Runs a storage network on this machine for real use: chain, gateway, four verifiers, six",
      "providers, S3 endpoint. Stop or kill it and start it again: nothing is lost.",
    },
    footer = {"", "Examples:", "  groundwork up", "  groundwork up --dir my-network"})
final class UpCommand implements Callable<Integer> {
  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(600_000)));
  private static final long DEAL_SLOTS = 60L * 60 * 24 / 5;
  private static final long REPAIR_SECONDS = 120;
  private static final int PROVIDERS_HEAP = 512;

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Mixin private RunnerOption runner;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<AutoCloseable> running = new ArrayList<>();
    LocalNetwork network =
        LocalNetwork.open(
            folder.toAbsolutePath(),
            LocalSettings.up(),
            line -> {
              out.println(line);
              out.flush();
            });
    running.add(network);
    network.joinOperators();
    List<DeviceId> devices = network.registerProviders();
    running.add(network.startNode(runner.address()));
    List<String> arguments = new ArrayList<>(List.of("storage", "provide", "--child"));
    for (int i = 1; i <= devices.size(); i++) {
      arguments.add(network.writeProvider(i, devices.get(i - 1)).toString());
    }
    running.add(
        Child.start(
            "providers",
            network.folder().resolve("logs/providers.log"),
            PROVIDERS_HEAP,
            arguments));
    network.awaitProviders();
    awaitGenesis(network);
    network.treasury().checkpointPrice();
    Worker prices = network.priceKeeper();
    prices.start();
    running.add(prices);
    Path home = network.prepareCustomer(TO_BURN, DEAL_SLOTS, REPAIR_SECONDS);
    running.add(CustomerDaemon.start(home));
    print(network, home, out);
    Foreground.run(running);
    return 0;
  }

  private static void awaitGenesis(LocalNetwork network) throws InterruptedException {
    Time time = Time.system();
    while (time.instant().getEpochSecond() < network.deployment().schedule().genesis()) {
      time.pause(Duration.ofMillis(100));
    }
  }

  private void print(LocalNetwork network, Path home, PrintWriter out) throws Exception {
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    Table table =
        new Table("what", "where")
            .row("S3 endpoint", network.endpoint("s3"))
            .row("S3 access key", setup.accessKey())
            .row("S3 secret key", "in " + setup.secretKeyFile())
            .row("chain (JSON-RPC)", network.rpc())
            .row("gateway", network.endpoint("gateway"))
            .row("a verifier", network.endpoint("verifier-1"))
            .row("deployment file", network.deploymentFile())
            .row("logs", network.folder().resolve("logs"));
    out.println();
    out.print(table);
    out.printf(
        "%nTry: export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=$(cat %s)%n"
            + "     aws --endpoint-url %s s3 mb s3://mine%n%nCtrl-C stops it; nothing is lost.%n",
        setup.accessKey(), setup.secretKeyFile(), network.endpoint("s3"));
    out.flush();
  }
}

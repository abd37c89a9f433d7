package org.groundwork.cli;

import java.io.IOException;
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
import org.groundwork.cli.local.LocalDataServers;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.cli.local.ParentWatch;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;
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
      "storage network with six providers and an S3 endpoint. Networks of your own are added with",
      "\"groundwork network apply\"; the data of each is sold by a server that starts by itself.",
      "Stop or kill it and start it again: nothing is lost.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork up",
      "  groundwork up --dir my-network",
      "  groundwork up --no-storage        only what a network of your own needs",
    })
final class UpCommand implements Callable<Integer> {
  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(600_000)));
  private static final long DEAL_SLOTS = 60L * 60 * 24 / 5;
  private static final long REPAIR_SECONDS = 120;
  private static final int PROVIDERS_HEAP = 512;

  /** How often to look for networks that were applied meanwhile. */
  private static final Duration NEW_NETWORKS = Duration.ofSeconds(2);

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
    List<AutoCloseable> running = new ArrayList<>();
    LocalNetwork network =
        LocalNetwork.open(folder.toAbsolutePath(), settings(), line -> say(out, line));
    running.add(network);
    network.joinOperators();
    List<DeviceId> providers = noStorage ? List.of() : network.registerProviders();
    running.add(network.startNode(runner.address()));
    if (!noStorage) {
      running.add(startProviders(network, providers));
      network.awaitProviders();
    }
    network.fundActors();
    awaitGenesis(network);
    network.treasury().checkpointPrice();
    Worker prices = network.priceKeeper();
    prices.start();
    running.add(prices);
    LocalDataServers data = new LocalDataServers(network, line -> say(out, line));
    running.add(data);
    Worker sellers = new Worker("data", NEW_NETWORKS, data::step);
    sellers.start();
    running.add(sellers);
    Table table = parts(network);
    String hint = noStorage ? NETWORK_HINT : storage(network, table, running);
    out.printf("%n%s%n%s%nCtrl-C stops it; nothing is lost.%n", table, hint);
    out.flush();
    Foreground.run(running);
    return 0;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private LocalSettings settings() {
    LocalSettings settings = LocalSettings.up();
    settings = quick ? settings.quick() : settings;
    return noStorage ? settings.withoutStorage() : settings;
  }

  private static Child startProviders(LocalNetwork network, List<DeviceId> devices)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("storage", "provide", "--child"));
    for (int i = 1; i <= devices.size(); i++) {
      arguments.add(network.writeProvider(i, devices.get(i - 1)).toString());
    }
    return Child.start(
        "providers", network.folder().resolve("logs/providers.log"), PROVIDERS_HEAP, arguments);
  }

  /** Starts the customer's part of the storage network; returns what to try. */
  private static String storage(LocalNetwork network, Table table, List<AutoCloseable> running)
      throws IOException {
    Path home = network.prepareCustomer(TO_BURN, DEAL_SLOTS, REPAIR_SECONDS);
    CustomerDaemon customer = CustomerDaemon.start(home);
    running.add(customer);
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    table
        .row("S3 endpoint", customer.url())
        .row("S3 access key", setup.accessKey())
        .row("S3 secret key", "in " + setup.secretKeyFile())
        .row("IPFS gateway, permanent storage", network.endpoint("content"));
    return "Try: export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=$(cat %s)%n"
            .formatted(setup.accessKey(), setup.secretKeyFile())
        + "     aws --endpoint-url %s s3 mb s3://mine%n".formatted(customer.url());
  }

  private static void awaitGenesis(LocalNetwork network) throws InterruptedException {
    Time time = Time.system();
    while (time.instant().getEpochSecond() < network.deployment().schedule().genesis()) {
      time.pause(Duration.ofMillis(100));
    }
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
        .row("deployment file", network.deploymentFile())
        .row("logs", network.folder().resolve("logs"));
  }
}

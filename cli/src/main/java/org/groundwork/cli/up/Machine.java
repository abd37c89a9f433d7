package org.groundwork.cli.up;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.cli.backup.Layouts;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.join.Door;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.local.LocalDataServers;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.cli.local.Ports;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.time.Time;

/**
 * A deployment on this machine and all that runs for it: the chain and what signs for the founder
 * in this process, gateway and verifiers, providers, the S3 endpoint and the explorer in processes
 * of their own, which are started again when they end. Closed in reverse.
 */
public final class Machine implements AutoCloseable {
  public static final String NODE = "node";
  public static final String PROVIDERS = "providers";
  public static final String S3 = "s3";
  public static final String EXPLORER = "explorer";

  /** How often to look for networks that were applied meanwhile. */
  private static final Duration NEW_NETWORKS = Duration.ofSeconds(2);

  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(600_000)));
  private static final long DEAL_SLOTS = 60L * 60 * 24 / 5;
  private static final long REPAIR_SECONDS = 120;

  private final UpSetup setup;
  private final URI runner;
  private final Consumer<String> say;
  private final List<AutoCloseable> running = new ArrayList<>();
  private final LocalNetwork network;
  private final Supervisor supervisor;

  private Machine(Path folder, UpSetup setup, URI runner, Consumer<String> say) throws IOException {
    this.setup = setup;
    this.runner = runner;
    this.say = say;
    new Ports(folder.resolve("ports.json")).fix(setup.addresses().fixed());
    network = add(LocalNetwork.open(folder, settings(setup), setup.addresses().host(), say));
    supervisor = new Supervisor(setup.limits(), logs(), Time.system(), say);
  }

  /** The configuration of a folder, which gets a file of its own the first time. */
  public static UpSetup setup(Path folder, UpSetup fresh) throws IOException {
    if (!Files.exists(folder.resolve(UpFile.NAME))) {
      UpFile.write(folder, fresh);
    }
    return UpFile.read(folder);
  }

  /** Starts everything; returns when it runs. */
  public static Machine start(
      Path folder, UpSetup setup, URI runner, String version, Consumer<String> say)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Layouts.enter(folder, version);
    Machine machine = new Machine(folder, setup, runner, say);
    boolean started = false;
    try {
      machine.run(version);
      started = true;
      return machine;
    } finally {
      if (!started) {
        machine.close();
      }
    }
  }

  private void run(String version) throws IOException, InterruptedException {
    network.joinOperators();
    List<DeviceId> devices = storage() ? network.registerProviders() : List.of();
    add(supervisor);
    supervisor.start();
    supervisor.keep(NODE, this::node);
    if (storage()) {
      supervisor.keep(PROVIDERS, () -> providers(devices));
    }
    if (setup.parts().explorer()) {
      supervisor.keep(EXPLORER, this::explorer);
    }
    network.awaitProviders();
    network.fundActors();
    awaitGenesis();
    network.treasury().checkpointPrice();
    if (setup.parts().prices()) {
      add(started(network.priceKeeper()));
    }
    if (setup.parts().data()) {
      LocalDataServers data = add(new LocalDataServers(network, say));
      add(started(new Worker("data", NEW_NETWORKS, data::step)));
    }
    if (storage()) {
      Path home = network.prepareCustomer(TO_BURN, DEAL_SLOTS, REPAIR_SECONDS);
      supervisor.keep(
          S3,
          () ->
              child(
                  S3,
                  setup.limits().s3Heap(),
                  List.of("storage", "s3", "--child", home.toString())));
      network.await(S3, "127.0.0.1", network.port(S3));
    }
    if (!setup.addresses().door().isEmpty()) {
      add(Door.open(network, setup.addresses().door(), Time.system(), say));
    }
    watch(version);
  }

  private boolean storage() {
    return setup.parts().storage() && setup.network().providers() > 0;
  }

  private void watch(String version) throws IOException {
    ChainLink link = add(new ChainLink(network.deploymentFile(), network.rpc()));
    SortedMap<String, String> nodes = new TreeMap<>();
    nodes.put("gateway", network.endpoint("gateway"));
    for (int i = 1; i <= setup.network().verifiers(); i++) {
      nodes.put("verifier-" + i, network.endpoint("verifier-" + i));
    }
    SortedMap<String, String> providers = new TreeMap<>();
    SortedMap<String, String> endpoints = new TreeMap<>();
    Optional<AccountId> customer = Optional.empty();
    if (storage()) {
      for (int i = 1; i <= setup.network().providers(); i++) {
        providers.put("provider-" + i, network.endpoint("provider-" + i));
      }
      endpoints.put(S3, "http://127.0.0.1:" + network.port(S3));
      customer = Optional.of(network.accounts().account("customer").account());
    }
    if (setup.parts().explorer()) {
      endpoints.put(EXPLORER, explorerUrl());
    }
    Watch watch =
        new Watch(
            network.folder(),
            new Watch.Places(nodes, providers, endpoints, setup.explorer().tls(network.folder())),
            new ChainWatch(link, customer, true),
            supervisor::states,
            Time.system());
    Monitor monitor =
        add(
            new Monitor(
                network.port("monitor"), watch, setup.alerts(), Time.system(), version, say));
    monitor.start();
  }

  private Child node() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("node", "--child", "--as", "node"));
    arguments.addAll(List.of("--dir", network.folder().toString()));
    arguments.addAll(List.of("--runner", runner.toString()));
    arguments.addAll(List.of("--keep-epochs", Integer.toString(setup.limits().keepEpochs())));
    arguments.addAll(
        List.of("--snapshot-epochs", Integer.toString(setup.limits().snapshotEpochs())));
    arguments.add("gateway");
    for (int i = 1; i <= setup.network().verifiers(); i++) {
      arguments.add("verifier-" + i);
    }
    return child(NODE, setup.limits().nodeHeap(), arguments);
  }

  private Child providers(List<DeviceId> devices) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("storage", "provide", "--child"));
    for (int i = 1; i <= devices.size(); i++) {
      arguments.add(network.writeProvider(i, devices.get(i - 1)).toString());
    }
    return child(PROVIDERS, setup.limits().providersHeap(), arguments);
  }

  private Child explorer() throws IOException {
    UpSetup.Explorer explorer = setup.explorer();
    List<String> arguments = new ArrayList<>(List.of("explorer", "run", "--child"));
    arguments.addAll(List.of("--dir", network.folder().toString()));
    arguments.addAll(List.of("--host", explorer.host()));
    arguments.addAll(List.of("--port", Integer.toString(network.port(EXPLORER))));
    arguments.addAll(List.of("--rate", Integer.toString(explorer.rate())));
    explorer
        .tls(network.folder())
        .ifPresent(files -> {
          arguments.addAll(List.of("--certificate-file", files.certificates().toString()));
          arguments.addAll(List.of("--private-key-file", files.key().toString()));
        });
    return child(EXPLORER, setup.limits().explorerHeap(), arguments);
  }

  /** Whether page and API are served here. */
  public boolean hasExplorer() {
    return setup.parts().explorer();
  }

  /** Where this machine reaches page and API. */
  public String explorerUrl() throws IOException {
    return setup.explorer().url(network.port(EXPLORER));
  }

  private Child child(String name, int heap, List<String> arguments) throws IOException {
    return Child.start(name, logs().resolve(name + ".log"), heap, arguments);
  }

  public Path logs() {
    return network.folder().resolve("logs");
  }

  public LocalNetwork network() {
    return network;
  }

  /** Whether the storage network's parts run here. */
  public boolean hasStorage() {
    return storage();
  }

  private static LocalSettings settings(UpSetup setup) {
    UpSetup.Network network = setup.network();
    LocalSettings settings =
        LocalSettings.up()
            .laidOut(
                network.slotSeconds(),
                network.slotsPerEpoch(),
                network.commitSlots(),
                network.verifiers(),
                network.providers(),
                network.providerBytes());
    return setup.parts().storage() ? settings : settings.withoutStorage();
  }

  private void awaitGenesis() throws InterruptedException {
    Time time = Time.system();
    while (time.instant().getEpochSecond() < network.deployment().schedule().genesis()) {
      time.pause(Duration.ofMillis(100));
    }
  }

  private static Worker started(Worker worker) {
    worker.start();
    return worker;
  }

  private <T extends AutoCloseable> T add(T part) {
    running.add(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part : running.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        say.accept("Stopping failed: " + e);
      }
    }
  }
}

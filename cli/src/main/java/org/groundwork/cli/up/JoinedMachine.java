package org.groundwork.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.cli.backup.Layouts;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.join.JoinRole;
import org.groundwork.cli.join.Joined;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.local.FolderLock;
import org.groundwork.cli.local.Ports;
import org.groundwork.settlement.time.Time;

/**
 * A machine that joined a deployment elsewhere: one provider, verifier or gateway, kept running.
 */
public final class JoinedMachine implements AutoCloseable {
  private final Path folder;
  private final UpSetup setup;
  private final URI runner;
  private final Consumer<String> say;
  private final List<AutoCloseable> running = new ArrayList<>();

  private JoinedMachine(Path folder, UpSetup setup, URI runner, Consumer<String> say) {
    this.folder = folder;
    this.setup = setup;
    this.runner = runner;
    this.say = say;
  }

  /** Starts it; returns when its process was started. */
  public static JoinedMachine start(
      Path folder, UpSetup setup, URI runner, String version, Consumer<String> say)
      throws IOException {
    JoinedMachine machine = new JoinedMachine(folder, setup, runner, say);
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

  private void run(String version) throws IOException {
    Layouts.enter(folder, version);
    add(FolderLock.take(folder));
    new Ports(folder.resolve("ports.json")).fix(setup.addresses().fixed());
    Joined joined = add(new Joined(folder, setup.addresses().host()));
    Supervisor supervisor =
        add(new Supervisor(setup.limits(), folder.resolve("logs"), Time.system(), say));
    SortedMap<String, String> nodes = new TreeMap<>();
    SortedMap<String, String> providers = new TreeMap<>();
    supervisor.start();
    if (joined.role() == JoinRole.PROVIDER) {
      Path home = joined.provider(setup.network().providerBytes());
      List<String> arguments = List.of("storage", "provide", "--child", home.toString());
      supervisor.keep(
          Machine.PROVIDERS,
          () -> child(Machine.PROVIDERS, setup.limits().providersHeap(), arguments));
      providers.put("provider", joined.endpoint("provider"));
    } else {
      joined.operator();
      supervisor.keep(
          Machine.NODE,
          () -> child(Machine.NODE, setup.limits().nodeHeap(), nodeArguments(joined.node())));
      nodes.put(joined.node(), joined.endpoint(joined.node()));
    }
    ChainLink link = add(new ChainLink(joined.deploymentFile(), joined.chain()));
    Watch watch =
        new Watch(
            folder,
            new Watch.Places(nodes, providers, new TreeMap<>(), Optional.empty()),
            new ChainWatch(link, Optional.empty(), false),
            supervisor::states,
            Time.system());
    Monitor monitor =
        add(
            new Monitor(
                joined.port("monitor"), watch, setup.alerts(), Time.system(), version, say));
    monitor.start();
    say.accept(
        "A "
            + joined.role().word()
            + " of the network behind "
            + joined.chain()
            + " runs here; status, health and metrics at http://127.0.0.1:"
            + joined.port("monitor"));
  }

  private List<String> nodeArguments(String role) {
    return List.of(
        "node",
        "--child",
        "--as",
        "node",
        "--dir",
        folder.toString(),
        "--runner",
        runner.toString(),
        "--keep-epochs",
        Integer.toString(setup.limits().keepEpochs()),
        "--snapshot-epochs",
        Integer.toString(setup.limits().snapshotEpochs()),
        role);
  }

  private Child child(String name, int heap, List<String> arguments) throws IOException {
    return Child.start(name, folder.resolve("logs/" + name + ".log"), heap, arguments);
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

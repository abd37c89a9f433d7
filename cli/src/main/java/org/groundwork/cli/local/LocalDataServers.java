package org.groundwork.cli.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.DataDaemon;
import org.groundwork.cli.daemon.DataSetup;
import org.groundwork.networks.sensing.rules.SensingNetwork;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.chain.RegisteredNetwork;

/**
 * A data server for each sensing network of a deployment on this machine, also for those that are
 * applied while it runs. Driven by {@link #step}.
 */
public final class LocalDataServers implements AutoCloseable {
  private final LocalNetwork local;
  private final Consumer<String> progress;
  private final Map<NetworkId, DataDaemon> servers = new TreeMap<>();

  public LocalDataServers(LocalNetwork local, Consumer<String> progress) {
    this.local = local;
    this.progress = progress;
  }

  /** Starts the servers that are missing; returns whether there were any. */
  public synchronized boolean step() throws IOException {
    local.reader().sync();
    boolean started = false;
    for (RegisteredNetwork network : new ArrayList<>(local.reader().state().networks().values())) {
      if (network.kind().equals(SensingNetwork.KIND.name()) && !servers.containsKey(network.id())) {
        DataDaemon server = DataDaemon.start(write(network.id()));
        servers.put(network.id(), server);
        progress.accept("Data of network " + network.id() + " is sold at " + server.uri());
        started = true;
      }
    }
    return started;
  }

  /** Writes the configuration of a network's server, whose device is registered first. */
  private Path write(NetworkId network) throws IOException {
    String name = "data-" + network;
    AccountKey owner = local.accounts().account("provider");
    DeviceKey key = local.accounts().device(name);
    local.fund(owner.account(), TokenAmount.ZERO);
    Optional<DeviceId> known =
        local.reader().state().devices().stream()
            .filter(device -> device.key().equals(key.publicKey().bytes()))
            .map(RegisteredDevice::id)
            .findFirst();
    DeviceId device =
        known.isPresent()
            ? known.get()
            : local.wallet(owner).registerDevice(network, key.publicKey(), 0, local.endpoint(name));
    Path home = local.folder().resolve(name);
    ConfigFile.write(
        home.resolve(DataSetup.FILE),
        new DataSetup(
            local.deploymentFile().toString(),
            local.rpc().toString(),
            device.value(),
            local.accounts().file(name).toString(),
            local.accounts().passwordFile().toString(),
            "127.0.0.1",
            local.port(name)));
    return home;
  }

  @Override
  public synchronized void close() throws IOException {
    for (DataDaemon server : servers.values()) {
      server.close();
    }
  }
}

package org.groundwork.cli.bridge;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.cli.NetworkNames;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.DeviceDaemon;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.node.http.NodeServer;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running bridge: one device for each station, and the server that stations post to. */
public final class Bridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
  private static final int MAX_CONNECTIONS = 256;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final NodeServer server;

  private Bridge(BridgeSetup setup) throws IOException, InterruptedException {
    ChainLink link = new ChainLink(Path.of(setup.deployment()), URI.create(setup.rpc()));
    parts.push(link);
    boolean started = false;
    try {
      Map<Hash, StationRoutes.Known> stations = new HashMap<>();
      ChainState state = link.chain().stateNow();
      for (BridgeSetup.Station station : setup.stations()) {
        Hash key = StationRoutes.key(station.passkey());
        if (stations.put(key, start(link, state, setup, station)) != null) {
          throw new IOException("two stations have the same passkey");
        }
      }
      server =
          NodeServer.start(
              new ServerSettings(
                  setup.host(), setup.port(), MAX_CONNECTIONS, StationForm.MAX_LENGTH * 2),
              new StationRoutes(stations, InstantSource.system()));
      parts.push(server);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /**
   * Starts what a configuration says.
   *
   * @throws IOException if a device is not registered as a bridge's, or with another key
   */
  public static Bridge start(BridgeSetup setup) throws IOException, InterruptedException {
    return new Bridge(setup);
  }

  public URI uri() {
    return server.uri();
  }

  private StationRoutes.Known start(
      ChainLink link, ChainState state, BridgeSetup setup, BridgeSetup.Station station)
      throws IOException, InterruptedException {
    DeviceId id = new DeviceId(station.device());
    RegisteredDevice device =
        state.device(id).orElseThrow(() -> new IOException("device " + id + " is not registered"));
    if (!device.isBridged()) {
      throw new IOException(
          "device "
              + id
              + " is registered as holding its own key; register it with --endpoint bridge:NAME,"
              + " so that everybody sees who signs for it");
    }
    SensingDefinition definition =
        Optional.ofNullable(state.networks().get(device.network()))
            .flatMap(NetworkNames::definition)
            .orElseThrow(() -> new IOException("device " + id + " is in no sensing network"));
    if (definition.fields().stream().noneMatch(Quantity::knows)) {
      throw new IOException("network " + definition.name() + " measures nothing that stations do");
    }
    DeviceKey key =
        Keystore.openDevice(
            Path.of(station.deviceKey()), Password.fromFile(Path.of(setup.passwordFile())));
    if (!key.publicKey().bytes().equals(device.key())) {
      throw new IOException("device " + id + " is registered with another key");
    }
    DeviceIdentity identity =
        new DeviceIdentity(link.deployment().domain().deployment(), device.network(), id, key);
    DeviceDaemon daemon =
        DeviceDaemon.start(
            link,
            identity,
            device.owner(),
            Path.of(setup.data()).resolve(id.toString()),
            new DeviceDaemon.Way.Http());
    parts.push(daemon);
    return new StationRoutes.Known(
        definition,
        payload -> {
          var _ = daemon.submit(payload);
        });
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the bridge does not close: {}", e.toString());
      }
    }
  }
}

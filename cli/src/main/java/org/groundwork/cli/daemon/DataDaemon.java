package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Outbox;
import org.groundwork.networks.sensing.data.DataServer;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;

/** One data server of a sensing network, from its configuration file to its running parts. */
public final class DataDaemon implements AutoCloseable {
  private final ChainLink link;
  private final Outbox outbox;
  private final DataServer server;
  private final Worker greeter;
  private final Worker follower;

  /** Starts the data server of a folder. */
  public static DataDaemon start(Path folder) throws IOException {
    return new DataDaemon(folder);
  }

  private DataDaemon(Path folder) throws IOException {
    DataSetup setup = ConfigFile.read(folder.resolve(DataSetup.FILE), DataSetup.class);
    link = new ChainLink(Path.of(setup.deployment()), URI.create(setup.rpc()));
    ChainFeed chain = link.feed();
    OwnDevice device =
        OwnDevice.open(chain, setup.device(), setup.deviceKey(), setup.passwordFile());
    NetworkId network = device.network();
    SensingDefinition definition = definition(link, network);
    InstantSource clock = InstantSource.system();
    Path data = folder.resolve("data");
    outbox = device.outbox(link, data, clock);
    server =
        new DataServer(
            data,
            setup.host(),
            setup.port(),
            definition,
            device.identity(),
            chain,
            new PublishedRecords(link, network),
            outbox,
            clock);
    outbox.start();
    greeter = device.greeting(link, outbox, clock);
    greeter.start();
    follower = new Worker("follower", Duration.ofSeconds(1), this::follow);
    follower.start();
  }

  /**
   * What a sensing network measures and asks, in the epoch of this moment.
   *
   * @throws IOException with one sentence for the user if it is none
   */
  public static SensingDefinition definition(ChainLink link, NetworkId network) throws IOException {
    var created = link.chain().state().networks().get(network);
    if (created == null || !created.kind().equals("sensing")) {
      throw new IOException("network " + network + " is not a sensing network");
    }
    EpochNumber now =
        link.deployment().schedule().epochAt(InstantSource.system().instant().getEpochSecond());
    try {
      return SensingDefinition.decode(created.rulesAt(now).parameters());
    } catch (Malformed e) {
      throw new IOException("network " + network + " has unknown parameters", e);
    }
  }

  private boolean follow() throws IOException {
    server.step();
    return false;
  }

  public String uri() {
    return server.uri();
  }

  @Override
  public void close() throws IOException {
    greeter.close();
    follower.close();
    server.close();
    outbox.close();
    link.close();
  }
}

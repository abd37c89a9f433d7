package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceLock;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.Payee;
import org.groundwork.networks.storage.provider.StorageProvider;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;

/** One storage provider, from its configuration file to its running parts. */
public final class ProviderDaemon implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DeviceLock lock;
  private final ChainLink link;
  private final Outbox outbox;
  private final Payee payee;
  private final StorageProvider provider;
  private final List<Worker> workers = new ArrayList<>();

  /** Starts the provider of a folder. */
  public static ProviderDaemon start(Path folder) throws IOException {
    return new ProviderDaemon(folder);
  }

  private ProviderDaemon(Path folder) throws IOException {
    ProviderSetup setup = ConfigFile.read(folder.resolve(ProviderSetup.FILE), ProviderSetup.class);
    lock = lock(folder.resolve("data"));
    link = new ChainLink(Path.of(setup.deployment()), URI.create(setup.rpc()));
    ChainFeed chain = link.feed();
    OwnDevice device =
        OwnDevice.open(chain, setup.device(), setup.deviceKey(), setup.passwordFile());
    NetworkId network = device.network();
    StorageParameters parameters = parameters(network);
    InstantSource clock = InstantSource.system();
    Path data = folder.resolve("data");
    outbox = device.outbox(link, data, clock);
    payee = new Payee(data, chain.domain(), network, device.owner(), chain, clock);
    provider =
        new StorageProvider(
            StoreSetup.configure(folder, parameters, setup.capacityBytes())
                .listening(setup.host(), setup.port()),
            parameters,
            device.identity(),
            data,
            chain,
            new ResultsCarry(link, network),
            outbox,
            payee,
            clock);
    outbox.start();
    workers.add(device.greeting(link, outbox, clock));
    Duration slot = Duration.ofSeconds(chain.schedule().slotSeconds());
    ChainCourt.of(link, CourtSetup.account(folder))
        .ifPresent(court -> workers.add(new Worker("court", slot, () -> provider.answer(court))));
    workers.forEach(Worker::start);
    provider.start();
  }

  /** So that neither a second provider nor fsck's repair works on the same folder. */
  private static DeviceLock lock(Path data) throws IOException {
    try {
      return DeviceLock.take(data, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for " + data, e);
    }
  }

  public String endpoint() {
    return provider.endpoint();
  }

  private StorageParameters parameters(NetworkId network) throws IOException {
    var created = link.chain().state().networks().get(network);
    EpochNumber now =
        link.deployment().schedule().epochAt(InstantSource.system().instant().getEpochSecond());
    if (created == null || !created.kind().equals("storage")) {
      throw new IOException("network " + network + " is not a storage network");
    }
    try {
      return StorageParameters.decode(created.rulesAt(now).parameters());
    } catch (Malformed e) {
      throw new IOException("network " + network + " has unknown parameters", e);
    }
  }

  @Override
  public void close() throws IOException {
    provider.close();
    outbox.close();
    workers.forEach(Worker::close);
    payee.close();
    link.close();
    lock.close();
  }
}

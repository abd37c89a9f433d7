package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.groundwork.agent.DeviceLock;
import org.groundwork.networks.storage.provider.ProviderConfig;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.protocol.DeviceId;

/** A provider's folder, for commands beside the provider that runs on it. */
public final class ProviderFolder {
  private final Path folder;
  private final ProviderSetup setup;

  public ProviderFolder(Path folder) throws IOException {
    this.folder = folder;
    setup = ConfigFile.read(folder.resolve(ProviderSetup.FILE), ProviderSetup.class);
  }

  public Path data() {
    return folder.resolve("data");
  }

  public DeviceId device() {
    return new DeviceId(setup.device());
  }

  /** Where the provider listens. */
  public URI endpoint() {
    return URI.create("http://" + setup.host() + ":" + setup.port());
  }

  public ChainLink chain() throws IOException {
    return new ChainLink(Path.of(setup.deployment()), URI.create(setup.rpc()));
  }

  /** Disks and limits; prices are the default's where the folder does not say them. */
  public ProviderConfig config() throws IOException {
    return StoreSetup.configure(folder, StorageParameters.DEFAULT, setup.capacityBytes());
  }

  /**
   * Keeps a provider from starting here.
   *
   * @throws IOException if one is running
   */
  public DeviceLock lock() throws IOException, InterruptedException {
    return DeviceLock.take(data(), Duration.ZERO);
  }
}

package org.groundwork.cli.daemon;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.groundwork.networks.storage.provider.DiskConfig;
import org.groundwork.networks.storage.provider.ProviderConfig;
import org.groundwork.networks.storage.provider.StoreConfig;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.protocol.Credits;

/**
 * A provider's optional second configuration file, beside {@link ProviderSetup}.
 *
 * @param disks where pieces lie; an empty list means the provider's own folder
 * @param trashHours how long pieces that nobody needs are kept
 * @param uploadBytesPerSecond 0 sets no limit
 * @param downloadBytesPerSecond 0 sets no limit
 * @param priceSlots how long a signed price tag holds
 * @param ratePerGibSlot least credits (18 decimals) for a GiB and slot; empty asks the network's
 * @param egressPerGib credits (18 decimals) for a GiB read; empty asks the network's
 */
public record StoreSetup(
    List<DiskSetup> disks,
    long trashHours,
    long uploadBytesPerSecond,
    long downloadBytesPerSecond,
    long priceSlots,
    String ratePerGibSlot,
    String egressPerGib) {
  public static final String FILE = "store.json";

  public StoreSetup {
    disks = List.copyOf(disks);
  }

  /** What a provider's folder says of prices, disks and limits. */
  static ProviderConfig configure(Path folder, StorageParameters parameters, long capacityBytes)
      throws IOException {
    ProviderConfig standard = ProviderConfig.of(parameters, capacityBytes);
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return standard;
    }
    StoreSetup setup = ConfigFile.read(file, StoreSetup.class);
    try {
      return standard
          .with(
              standard
                  .offer()
                  .at(
                      price(setup.ratePerGibSlot, standard.offer().ratePerGiBSlot()),
                      price(setup.egressPerGib, standard.offer().egressPerGiB())))
          .with(setup.store());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Disks and limits. */
  private StoreConfig store() {
    return new StoreConfig(
        disks.stream()
            .map(disk -> new DiskConfig(Path.of(disk.folder()), disk.capacityBytes()))
            .toList(),
        Duration.ofHours(trashHours),
        uploadBytesPerSecond,
        downloadBytesPerSecond,
        priceSlots);
  }

  private static Credits price(String text, Credits standard) {
    return text.isEmpty() ? standard : new Credits(new BigInteger(text));
  }
}

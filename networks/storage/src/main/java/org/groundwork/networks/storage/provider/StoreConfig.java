package org.groundwork.networks.storage.provider;

import java.time.Duration;
import java.util.List;

/**
 * How an operator sets up disks, lines and price tags.
 *
 * @param disks where pieces lie; none means the provider's own folder alone
 * @param trash how long a piece that nobody needs is kept before it is deleted; room that is needed
 *     ends it earlier
 * @param uploadBytesPerSecond most that customers may send, all together; 0 sets no limit
 * @param downloadBytesPerSecond most that is sent to customers, all together; 0 sets no limit
 * @param priceSlots how long a signed price tag holds
 */
public record StoreConfig(
    List<DiskConfig> disks,
    Duration trash,
    long uploadBytesPerSecond,
    long downloadBytesPerSecond,
    long priceSlots) {
  /** One disk, a week of trash, no limits, price tags for two hours of one-minute slots. */
  public static final StoreConfig DEFAULT =
      new StoreConfig(List.of(), Duration.ofDays(7), 0, 0, 120);

  public StoreConfig {
    disks = List.copyOf(disks);
    if (trash.isNegative()
        || uploadBytesPerSecond < 0
        || downloadBytesPerSecond < 0
        || priceSlots < 1) {
      throw new IllegalArgumentException("not the configuration of a provider's store");
    }
  }

  public StoreConfig on(List<DiskConfig> folders) {
    return new StoreConfig(
        folders, trash, uploadBytesPerSecond, downloadBytesPerSecond, priceSlots);
  }

  public StoreConfig keepingTrash(Duration time) {
    return new StoreConfig(disks, time, uploadBytesPerSecond, downloadBytesPerSecond, priceSlots);
  }

  public StoreConfig limitedTo(long upload, long download) {
    return new StoreConfig(disks, trash, upload, download, priceSlots);
  }
}

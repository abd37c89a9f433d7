package org.groundwork.networks.storage.provider;

import java.nio.file.Path;

/**
 * A folder for pieces, best the only one of its disk.
 *
 * @param folder there already, unless it is the provider's own
 * @param capacityBytes most bytes of pieces and their trees in it
 */
public record DiskConfig(Path folder, long capacityBytes) {
  public DiskConfig {
    if (capacityBytes < 0) {
      throw new IllegalArgumentException("a disk of " + capacityBytes + " bytes");
    }
    folder = folder.toAbsolutePath().normalize();
  }
}

package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/**
 * The operator's wish to have a disk emptied: a file in its folder, or in the provider's own where
 * the disk takes no writes; seen at the next slot.
 */
public final class DrainMark {
  private static final String CONTENT = "drain\n";

  private DrainMark() {}

  /**
   * Asks for the pieces of a disk to be moved to others.
   *
   * @throws IOException if the folder is no provider's disk, or takes no writes
   */
  public static void set(Path disk) throws IOException {
    var _ = id(disk);
    Files.writeString(disk.resolve(Disk.DRAIN), CONTENT);
  }

  /**
   * The same for a disk that takes no writes.
   *
   * @param provider the folder with the provider's data
   */
  public static void set(Path disk, Path provider) throws IOException {
    Files.writeString(Disk.drainMark(provider, id(disk)), CONTENT);
  }

  private static Bytes id(Path disk) throws IOException {
    return Disk.readId(disk)
        .orElseThrow(() -> new IOException(disk + " is not a disk that a provider has used"));
  }

  /** Takes it back; false if nothing was asked. */
  public static boolean clear(Path disk, Optional<Path> provider) throws IOException {
    boolean there = Files.exists(disk.resolve(Disk.DRAIN));
    if (there) {
      Files.delete(disk.resolve(Disk.DRAIN));
    }
    return (provider.isPresent() && Files.deleteIfExists(Disk.drainMark(provider.get(), id(disk))))
        || there;
  }
}

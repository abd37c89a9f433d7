package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The operator's wish to have a disk emptied: a file in its folder, seen at the next slot. */
public final class DrainMark {
  private DrainMark() {}

  /**
   * Asks for the pieces of a disk to be moved to others.
   *
   * @throws IOException if the folder is no provider's disk
   */
  public static void set(Path disk) throws IOException {
    if (Disk.readId(disk).isEmpty()) {
      throw new IOException(disk + " is not a disk that a provider has used");
    }
    Files.writeString(disk.resolve(Disk.DRAIN), "drain\n");
  }

  /** Takes it back; false if nothing was asked. */
  public static boolean clear(Path disk) throws IOException {
    return Files.deleteIfExists(disk.resolve(Disk.DRAIN));
  }
}

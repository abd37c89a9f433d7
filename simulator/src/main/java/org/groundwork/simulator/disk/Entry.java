package org.groundwork.simulator.disk;

/** A file or a folder. */
sealed interface Entry permits FileEntry, FolderEntry {
  /** Makes it durable as it is now. */
  void force();

  /** Goes back to what is durable, after some of what is not became so by chance. */
  void crash(Chance chance);
}

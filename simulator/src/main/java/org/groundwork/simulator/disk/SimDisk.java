package org.groundwork.simulator.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The disk of one process. It outlives the process, less what was not forced. */
public final class SimDisk {
  private final Chance chance;

  /** All entries ever made, in order, so that chance does not hang on names. */
  private final List<Entry> entries = new ArrayList<>();

  private final FolderEntry root = new FolderEntry();
  private SimFileSystem mounted;
  private final boolean forgetful;
  private int changesLeft = Integer.MAX_VALUE;

  /**
   * An empty disk.
   *
   * @param forgetful whether it only says that it forces: what no disk may do
   */
  public SimDisk(Chance chance, boolean forgetful) {
    this.chance = chance;
    this.forgetful = forgetful;
    entries.add(root);
    mounted = new SimFileSystem(this);
  }

  /** The folder of the process that runs now. */
  public Path root() {
    return mounted.rootPath();
  }

  /** Lets the process die at its n-th change to the disk from now on; {@link Crashed} is thrown. */
  public void crashAfter(int changes) {
    changesLeft = changes;
  }

  /** What a crash leaves; files that were open are not any more. */
  public void crash() {
    mounted.unmount();
    List.copyOf(entries).forEach(entry -> entry.crash(chance));
    entries.removeIf(entry -> !isNamed(root, entry) && entry != root);
    changesLeft = Integer.MAX_VALUE;
    mounted = new SimFileSystem(this);
  }

  private static boolean isNamed(FolderEntry folder, Entry wanted) {
    return folder.entries().values().stream()
        .anyMatch(
            entry -> entry == wanted || (entry instanceof FolderEntry sub && isNamed(sub, wanted)));
  }

  void force(Entry entry) {
    changing();
    if (!forgetful) {
      entry.force();
    }
  }

  FolderEntry rootEntry() {
    return root;
  }

  <E extends Entry> E made(E entry) {
    entries.add(entry);
    return entry;
  }

  /** Every change to the disk passes here before it is made. */
  void changing() {
    if (--changesLeft < 0) {
      changesLeft = 0;
      throw new Crashed();
    }
  }
}

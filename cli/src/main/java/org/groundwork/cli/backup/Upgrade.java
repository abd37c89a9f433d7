package org.groundwork.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.local.FolderLock;
import org.groundwork.settlement.time.Time;

/** Prepares a folder for this version: a backup first, and never back to an older one. */
public final class Upgrade {
  private Upgrade() {}

  /**
   * What happened.
   *
   * @param before the version that ran last; empty if none said
   * @param layout the oldest layout that was there
   * @param backup empty if there was nothing to do
   */
  public record Done(String before, int layout, Optional<Path> backup) {}

  /**
   * Takes a backup beside the folder, if another version ran there last.
   *
   * @throws IOException with one sentence if a newer version did, or the network runs
   */
  public static Done run(Path folder, String version, Time time) throws IOException {
    Path home = folder.toAbsolutePath().normalize();
    if (!Files.exists(home.resolve("deployment.json"))) {
      return new Done("", FolderFormat.CURRENT, Optional.empty());
    }
    Layouts.check(home, version);
    String before = Layouts.version(home);
    int layout = Layouts.oldest(home);
    if (before.equals(version) && layout == FolderFormat.CURRENT) {
      return new Done(before, layout, Optional.empty());
    }
    Optional<FolderLock> lock = FolderLock.attempt(home);
    if (lock.isEmpty()) {
      throw new IOException("the network in " + home + " runs; stop it for the upgrade");
    }
    lock.get().close();
    String name = home.getFileName() + ".before-" + version;
    Path target = home.resolveSibling(name);
    for (int i = 2; Files.exists(target); i++) {
      target = home.resolveSibling(name + "." + i);
    }
    new Backup(home, time).make(target, new Backup.Custody.Plain(), Duration.ZERO, version);
    Layouts.enter(home, version);
    return new Done(before, layout, Optional.of(target));
  }
}

package org.groundwork.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.agent.FolderFormat;

/** Which layouts the data folders of a network have, and which version ran there last. */
public final class Layouts {
  public static final String VERSION = "VERSION";

  private Layouts() {}

  /** The newest layout of a folder and all below it; 1 if none says. */
  public static int newest(Path folder) throws IOException {
    int newest = 1;
    for (Path marked : marked(folder)) {
      newest = Math.max(newest, FolderFormat.of(marked).orElse(1));
    }
    return newest;
  }

  /** The oldest layout of the folders that say. */
  static int oldest(Path folder) throws IOException {
    int oldest = FolderFormat.CURRENT;
    for (Path marked : marked(folder)) {
      oldest = Math.min(oldest, FolderFormat.of(marked).orElse(1));
    }
    return oldest;
  }

  private static List<Path> marked(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.endsWith(FolderFormat.NAME)).map(Path::getParent).toList();
    }
  }

  /** The version that ran in a folder last; empty if none said. */
  public static String version(Path folder) throws IOException {
    Path file = folder.resolve(VERSION);
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  /**
   * Makes sure that this version may run in a folder, and writes down that it does.
   *
   * @throws IOException with one sentence if a newer version ran there
   */
  public static void enter(Path folder, String version) throws IOException {
    check(folder, version);
    if (!version(folder).equals(version)) {
      Files.writeString(folder.resolve(VERSION), version + "\n");
    }
  }

  /** The check alone. */
  static void check(Path folder, String version) throws IOException {
    String before = version(folder);
    if (!before.isEmpty() && isNewer(before, version)) {
      throw new IOException(
          "%s was last run by version %s, and this is %s: going back is refused, because an older program may misread what a newer one wrote. Nothing was changed. Install %s again, or restore a backup that %s took."
              .formatted(folder, before, version, before, version));
    }
    int layout = newest(folder);
    if (layout > FolderFormat.CURRENT) {
      throw new IOException(
          "%s has layout %d, and this version knows layouts up to %d: it was written by a newer version. Nothing was changed. Install that version again, or restore an older backup."
              .formatted(folder, layout, FolderFormat.CURRENT));
    }
  }

  /** Whether one version is above another, by their numbers; what follows a hyphen is ignored. */
  static boolean isNewer(String one, String other) {
    List<Long> left = numbers(one);
    List<Long> right = numbers(other);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      long a = i < left.size() ? left.get(i) : 0;
      long b = i < right.size() ? right.get(i) : 0;
      if (a != b) {
        return a > b;
      }
    }
    return false;
  }

  private static List<Long> numbers(String version) {
    return Stream.of(version.replaceFirst("-.*$", "").split("\\.", -1))
        .map(part -> part.matches("[0-9]{1,9}") ? Long.parseLong(part) : 0L)
        .toList();
  }
}

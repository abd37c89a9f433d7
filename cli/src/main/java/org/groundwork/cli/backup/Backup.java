package org.groundwork.cli.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.Json;
import org.groundwork.cli.daemon.CustomerDaemon;
import org.groundwork.cli.local.FolderLock;
import org.groundwork.settlement.time.Time;

/**
 * Copies a network's folder. Most is copied while the network runs; for what changed meanwhile its
 * processes stand still for a moment. The copy lies in {@code data}; {@code backup.json} says what
 * it is, {@code SHA256SUMS} holds a sum of every file.
 */
public final class Backup {
  static final String ABOUT = "backup.json";
  static final String DATA = "data";
  static final int FORMAT = 1;

  private static final String LOGS = "logs";

  /** Everything in it is made again of chain and published files. */
  private static final String EXPLORER = "explorer";

  /** What becomes of the files that open the keys. */
  public sealed interface Custody {
    /** They are encrypted with a passphrase. */
    record Sealed(String passphrase) implements Custody {
      @Override
      public String toString() {
        return "Sealed[redacted]";
      }
    }

    /** They are copied like others: who has the backup has everything. */
    record Plain() implements Custody {}

    /** They are not in the backup. */
    record LeftOut() implements Custody {}
  }

  /**
   * What was copied.
   *
   * @param pause how long the network stood still; zero if it did not run
   */
  public record Made(Path folder, int files, Duration pause) {}

  private final Path folder;
  private final Time time;

  public Backup(Path folder, Time time) {
    this.folder = folder.toAbsolutePath().normalize();
    this.time = time;
  }

  /**
   * Makes a backup in a folder that is not there yet.
   *
   * @param longest the longest time for which the network may stand still
   */
  public Made make(Path target, Custody custody, Duration longest, String version)
      throws IOException {
    Path made = target.toAbsolutePath().normalize();
    if (made.startsWith(folder)) {
      throw new IOException(
          "the backup would lie in what it copies; name a place outside " + folder);
    }
    if (Files.exists(made)) {
      throw new IOException(made + " exists already; a backup gets a folder of its own");
    }
    if (!Files.exists(folder.resolve("deployment.json"))) {
      throw new IOException(folder + " is not the folder of a network");
    }
    Files.createDirectories(made.getParent());
    Path partial = made.resolveSibling(made.getFileName() + ".partial");
    delete(partial);
    Files.createDirectory(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    boolean done = false;
    try {
      Duration pause = copy(partial.resolve(DATA), custody instanceof Custody.Plain, longest);
      about(partial, custody, version);
      int files = Sums.write(partial);
      Files.move(partial, made, StandardCopyOption.ATOMIC_MOVE);
      done = true;
      return new Made(made, files, pause);
    } finally {
      if (!done) {
        delete(partial);
      }
    }
  }

  private Duration copy(Path data, boolean secretsToo, Duration longest) throws IOException {
    FileCopies copies =
        new FileCopies(folder, data, relative -> isWanted(relative, secretsToo), time);
    Optional<FolderLock> own = FolderLock.attempt(folder);
    if (own.isPresent()) {
      try (FolderLock _ = own.get()) {
        copies.pass();
        return Duration.ZERO;
      }
    }
    copies.pass();
    ProcessHandle running =
        FolderLock.holder(folder)
            .orElseThrow(() ->
                new IOException(
                    "a process that cannot be seen from here runs in "
                        + folder
                        + "; stop it for the copy"));
    Instant start = time.instant();
    try (Freeze freeze = new Freeze(running, longest, time)) {
      copies.pass();
      freeze.hold();
    }
    return Duration.between(start, time.instant());
  }

  private static boolean isWanted(Path relative, boolean secretsToo) {
    return !relative.startsWith(LOGS)
        && !relative.startsWith(EXPLORER)
        && !isCache(relative)
        && !relative.endsWith(FolderLock.NAME)
        && (secretsToo || !Secrets.isSecret(relative));
  }

  private static boolean isCache(Path relative) {
    for (Path part = relative; part != null; part = part.getParent()) {
      if (part.endsWith(CustomerDaemon.CACHE)) {
        return true;
      }
    }
    return false;
  }

  private void about(Path partial, Custody custody, String version) throws IOException {
    SortedMap<String, byte[]> secrets = secrets();
    ObjectNode about =
        Json.object()
            .put("format", FORMAT)
            .put("version", version)
            .put("layout", Math.max(Layouts.newest(partial.resolve(DATA)), FolderFormat.CURRENT))
            .put("taken", time.instant().getEpochSecond());
    switch (custody) {
      case Custody.Sealed sealed -> {
        about.put("secrets", "sealed");
        Files.write(
            partial.resolve(Secrets.SEALED),
            new Secrets(secrets).seal(sealed.passphrase(), new SecureRandom()));
      }
      case Custody.Plain _ -> about.put("secrets", "plain");
      case Custody.LeftOut _ -> about.put("secrets", "left-out");
    }
    var names = about.putArray("secret_files");
    secrets.keySet().forEach(names::add);
    Files.writeString(partial.resolve(ABOUT), Json.line(about) + "\n");
  }

  /** They are made once and never change. */
  private SortedMap<String, byte[]> secrets() throws IOException {
    SortedMap<String, byte[]> secrets = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).filter(Secrets::isSecret).toList()) {
        secrets.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return secrets;
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}

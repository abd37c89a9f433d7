package org.groundwork.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.Json;

/** Puts a backup back into a folder that is empty or not there. */
public final class Restore {
  private Restore() {}

  /**
   * What was put back.
   *
   * @param version that made the backup
   * @param missing files that were left out of the backup and have to be put there
   */
  public record Done(String version, long taken, List<String> missing) {
    public Done {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Checks every file against its sum, then copies.
   *
   * @param passphrase of a backup whose secrets are sealed
   * @throws IOException with one sentence if the backup is damaged or newer, or the folder not
   *     empty
   */
  public static Done run(Path backup, Path folder, Optional<String> passphrase, InstantSource clock)
      throws IOException {
    JsonNode about = about(backup);
    if (about.path("format").asInt() > Backup.FORMAT
        || about.path("layout").asInt() > FolderFormat.CURRENT) {
      throw new IOException(
          "%s was made by version %s, which is newer than this program; restore it with that one"
              .formatted(backup, about.path("version").asText()));
    }
    Path wanted = folder.toAbsolutePath().normalize();
    requireEmpty(wanted);
    Sums.check(backup);
    Optional<Secrets> secrets = Optional.empty();
    if (about.path("secrets").asText().equals("sealed")) {
      String word =
          passphrase.orElseThrow(() ->
              new IOException("the secrets of " + backup + " are sealed: give --passphrase-file"));
      secrets = Optional.of(Secrets.open(Files.readAllBytes(backup.resolve(Secrets.SEALED)), word));
    }
    Files.createDirectories(wanted.getParent());
    Path partial = wanted.resolveSibling(wanted.getFileName() + ".partial");
    Backup.delete(partial);
    new FileCopies(backup.resolve(Backup.DATA), partial, _ -> true, clock).pass();
    if (secrets.isPresent()) {
      secrets.get().writeTo(partial);
    }
    Files.deleteIfExists(wanted);
    Files.move(partial, wanted, StandardCopyOption.ATOMIC_MOVE);
    List<String> missing = new ArrayList<>();
    if (about.path("secrets").asText().equals("left-out")) {
      about.path("secret_files").forEach(name -> missing.add(name.asText()));
    }
    return new Done(about.path("version").asText(), about.path("taken").asLong(), missing);
  }

  private static JsonNode about(Path backup) throws IOException {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(backup.resolve(Backup.ABOUT)));
    } catch (NoSuchFileException e) {
      throw new IOException(backup + " is no backup: it has no " + Backup.ABOUT, e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException(
            folder + " is not empty; a backup is put back into a folder of its own");
      }
    }
  }
}

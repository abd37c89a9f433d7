package org.groundwork.cli.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Copies the files of a folder, then again those that changed: the second pass is short, and may
 * run while nobody writes. Links are not followed.
 */
final class FileCopies {
  /** A file system's times may be so coarse. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  private record Seen(long size, FileTime changed, Instant copied) {}

  private final Path from;
  private final Path to;
  private final Predicate<Path> wanted;
  private final InstantSource clock;
  private final SortedMap<Path, Seen> seen = new TreeMap<>();

  /**
   * Copies.
   *
   * @param wanted whether a file, relative to the folder, is copied
   */
  FileCopies(Path from, Path to, Predicate<Path> wanted, InstantSource clock) {
    this.from = from;
    this.to = to;
    this.wanted = wanted;
    this.clock = clock;
  }

  /** One pass; returns how many files were copied. */
  int pass() throws IOException {
    SortedMap<Path, Seen> now = new TreeMap<>();
    int[] copied = new int[1];
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path relative = from.relativize(folder);
            if (!relative.toString().isEmpty() && !wanted.test(relative)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Path there = to.resolve(relative);
            if (!Files.exists(there)) {
              Files.copy(folder, there, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = from.relativize(file);
            if (attributes.isRegularFile() && wanted.test(relative)) {
              copied[0] += copy(file, relative, attributes, now) ? 1 : 0;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // It went between the listing and the look; the second pass sees it as it is.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    for (Path gone : seen.keySet()) {
      if (!now.containsKey(gone)) {
        Files.deleteIfExists(to.resolve(gone));
      }
    }
    seen.clear();
    seen.putAll(now);
    return copied[0];
  }

  /** Copies a file unless it is as it was; whether it was copied. */
  private boolean copy(
      Path file, Path relative, BasicFileAttributes attributes, SortedMap<Path, Seen> now)
      throws IOException {
    Seen before = seen.get(relative);
    boolean same =
        before != null
            && before.size() == attributes.size()
            && before.changed().equals(attributes.lastModifiedTime())
            && attributes.lastModifiedTime().toInstant().plus(COARSE).isBefore(before.copied());
    if (same && before != null) {
      now.put(relative, before);
      return false;
    }
    Instant start = clock.instant();
    try {
      Files.copy(
          file,
          to.resolve(relative),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException e) {
      return false;
    }
    now.put(relative, new Seen(attributes.size(), attributes.lastModifiedTime(), start));
    return true;
  }
}

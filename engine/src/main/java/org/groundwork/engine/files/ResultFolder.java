package org.groundwork.engine.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.store.DurableFile;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;

/** Published results, a folder each. A folder is there whole or not at all. */
public final class ResultFolder {
  private static final String UNFINISHED = ".unfinished";
  private static final Pattern NAME = Pattern.compile("([0-9]{1,10})-([0-9]{1,9})");

  private final Path root;

  /** Opens the folder of all results, and removes what a crash left unfinished. */
  public ResultFolder(Path root) throws IOException {
    this.root = root;
    DurableFile.createFolder(root);
    for (Path child : children(root)) {
      if (child.toString().endsWith(UNFINISHED)) {
        delete(child);
      }
    }
  }

  /** Writes a result, unless it is there already; another one of the epoch's attempt gives way. */
  public Path write(EpochResult result, List<SegmentIndex> indexes) throws IOException {
    Path target = path(result.statement().epoch(), result.statement().attempt());
    Path unfinished = root.resolve(target.getFileName() + UNFINISHED);
    delete(unfinished);
    Files.createDirectories(unfinished.resolve("indexes"));
    Files.createDirectories(unfinished.resolve("verdicts"));
    ResultFiles.write(
        result,
        indexes,
        (path, content) -> DurableFile.write(unfinished.resolve(path), content::writeTo));
    if (Files.isDirectory(target) && isEqual(unfinished, target)) {
      delete(unfinished);
      return target;
    }
    delete(target);
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    DurableFile.sync(root);
    return target;
  }

  private static boolean isEqual(Path one, Path other) throws IOException {
    List<String> names = names(one);
    if (!names.equals(names(other))) {
      return false;
    }
    for (String name : names) {
      if (Files.mismatch(one.resolve(name), other.resolve(name)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The result of an epoch's attempt; empty if it is not here.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  public Optional<EpochResult> read(EpochNumber epoch, int attempt) throws IOException {
    Path folder = path(epoch, attempt);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ResultFiles.decode(files(folder)));
    } catch (Malformed e) {
      throw new IOException("damaged result in " + folder, e);
    }
  }

  /** One file of a result, for those who publish it; empty if there is none at this path. */
  public Optional<Bytes> file(EpochNumber epoch, int attempt, String path) throws IOException {
    Path folder = path(epoch, attempt);
    Path file = folder.resolve(path).normalize();
    return file.startsWith(folder) && Files.isRegularFile(file)
        ? Optional.of(Bytes.wrap(Files.readAllBytes(file)))
        : Optional.empty();
  }

  /**
   * A result that is here.
   *
   * @param first the first epoch that it covers
   */
  public record Held(int attempt, EpochNumber first) {}

  /** The newest attempt of each epoch of which a result is here. */
  public SortedMap<EpochNumber, Held> newest() throws IOException {
    SortedMap<EpochNumber, Held> newest = new TreeMap<>();
    for (Path child : children(root)) {
      Matcher name = NAME.matcher(String.valueOf(child.getFileName()));
      if (name.matches()) {
        EpochNumber epoch = new EpochNumber(Long.parseLong(name.group(1)));
        Held held = new Held(Integer.parseInt(name.group(2)), first(child));
        newest.merge(epoch, held, (a, b) -> a.attempt() > b.attempt() ? a : b);
      }
    }
    return newest;
  }

  private static EpochNumber first(Path folder) throws IOException {
    try {
      Path result = folder.resolve(ResultFiles.RESULT);
      return StatementJson.decode(Bytes.wrap(Files.readAllBytes(result))).first();
    } catch (Malformed e) {
      throw new IOException("damaged result in " + folder, e);
    }
  }

  private Path path(EpochNumber epoch, int attempt) {
    return root.resolve(epoch + "-" + attempt);
  }

  private static SortedMap<String, Bytes> files(Path folder) throws IOException {
    SortedMap<String, Bytes> files = new TreeMap<>();
    for (String name : names(folder)) {
      files.put(name, Bytes.wrap(Files.readAllBytes(folder.resolve(name))));
    }
    return files;
  }

  /** Paths of the files in a folder, ascending. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

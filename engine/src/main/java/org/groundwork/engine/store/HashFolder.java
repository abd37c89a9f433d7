package org.groundwork.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * Files named by a hash, spread over 256 sub-folders by its first byte. What is there is whole;
 * what a crash left unfinished is removed when the folder is opened, so that one process may open
 * it at a time.
 */
public final class HashFolder {
  private final Path root;
  private final String suffix;

  public HashFolder(Path root, String suffix) throws IOException {
    this.root = root;
    this.suffix = suffix;
    DurableFile.createFolder(root);
    for (Path unfinished : files(DurableFile.UNFINISHED)) {
      Files.delete(unfinished);
    }
  }

  public void put(Hash name, Bytes content) throws IOException {
    Path target = path(name);
    Path folder = root.resolve(digits(name).substring(0, 2));
    DurableFile.createFolder(folder);
    DurableFile.write(target, content);
  }

  public Optional<Bytes> get(Hash name) throws IOException {
    try {
      return Optional.of(Bytes.wrap(Files.readAllBytes(path(name))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public boolean has(Hash name) {
    return Files.exists(path(name));
  }

  public void delete(Hash name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  /** All names, ascending. */
  public List<Hash> list() throws IOException {
    return files(suffix).stream().map(this::name).sorted().toList();
  }

  public Path path(Hash name) {
    String digits = digits(name);
    return root.resolve(digits.substring(0, 2)).resolve(digits + suffix);
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(root, 2)) {
      return all.filter(path -> path.toString().endsWith(end)).toList();
    }
  }

  private Hash name(Path file) {
    String name = String.valueOf(file.getFileName());
    return Hash.fromHex(name.substring(0, name.length() - suffix.length()));
  }

  private static String digits(Hash name) {
    return name.toHex().substring(2);
  }
}

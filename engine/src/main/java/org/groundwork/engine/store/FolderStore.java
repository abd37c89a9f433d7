package org.groundwork.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;

/** A store in a folder. What a crash left unfinished is removed when it is opened. */
public final class FolderStore implements Store {
  private final Path root;

  public FolderStore(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    DurableFile.createFolder(this.root);
    for (Path unfinished : files(this.root, DurableFile.UNFINISHED)) {
      Files.delete(unfinished);
    }
  }

  @Override
  public void put(String key, Bytes content) throws IOException {
    put(key, out -> out.write(content.unsafeArray()));
  }

  @Override
  public void put(String key, DurableFile.Content content) throws IOException {
    Path target = path(key);
    DurableFile.createFolder(DurableFile.folderOf(target));
    DurableFile.write(target, content);
  }

  @Override
  public Optional<Bytes> get(String key) throws IOException {
    try {
      return Optional.of(Bytes.wrap(Files.readAllBytes(path(key))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    Path folder = path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return files(folder, "").stream()
        .map(file -> root.relativize(file).toString().replace('\\', '/'))
        .filter(key -> key.startsWith(prefix) && !key.endsWith(DurableFile.UNFINISHED))
        .sorted()
        .toList();
  }

  /** Where an object lies. */
  public Path path(String key) {
    Path path = root.resolve(key).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("no key: " + key);
    }
    return path;
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(end))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}

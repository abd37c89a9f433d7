package org.groundwork.simulator.disk;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path on a simulated disk. */
final class SimPath implements Path {
  private final SimFileSystem fileSystem;
  private final boolean absolute;
  private final List<String> names;

  SimPath(SimFileSystem fileSystem, boolean absolute, List<String> names) {
    this.fileSystem = fileSystem;
    this.absolute = absolute;
    this.names = List.copyOf(names);
  }

  static SimPath of(Path path) {
    if (path instanceof SimPath own) {
      return own;
    }
    throw new ProviderMismatchException();
  }

  List<String> names() {
    return names;
  }

  private SimPath with(boolean isAbsolute, List<String> others) {
    return new SimPath(fileSystem, isAbsolute, others);
  }

  @Override
  public SimFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable Path getRoot() {
    return absolute ? with(true, List.of()) : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : with(false, List.of(names.getLast()));
  }

  @Override
  public @Nullable SimPath getParent() {
    boolean none = names.isEmpty() || (!absolute && names.size() == 1);
    return none ? null : with(absolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return with(false, List.of(names.get(index)));
  }

  @Override
  public Path subpath(int from, int to) {
    return with(false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    SimPath start = of(other);
    return start.absolute == absolute
        && start.names.size() <= names.size()
        && names.subList(0, start.names.size()).equals(start.names);
  }

  @Override
  public boolean endsWith(Path other) {
    SimPath end = of(other);
    int from = names.size() - end.names.size();
    return end.absolute
        ? equals(end)
        : from >= 0 && names.subList(from, names.size()).equals(end.names);
  }

  @Override
  public Path normalize() {
    List<String> normal = new ArrayList<>();
    for (String name : names) {
      if (name.equals("..") && !normal.isEmpty() && !normal.getLast().equals("..")) {
        normal.removeLast();
      } else if (!name.equals(".")) {
        normal.add(name);
      }
    }
    return with(absolute, normal);
  }

  @Override
  public Path resolve(Path other) {
    SimPath more = of(other);
    if (more.absolute) {
      return more;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(more.names);
    return with(absolute, all);
  }

  @Override
  public Path relativize(Path other) {
    SimPath below = of(other);
    if (!below.startsWith(this)) {
      throw new IllegalArgumentException(other + " is not below " + this);
    }
    return with(false, below.names.subList(names.size(), below.names.size()));
  }

  @Override
  public URI toUri() {
    return URI.create("sim://disk" + toAbsolutePath());
  }

  @Override
  public Path toAbsolutePath() {
    return with(true, names);
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return toAbsolutePath();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SimPath path
        && path.fileSystem == fileSystem
        && path.absolute == absolute
        && path.names.equals(names);
  }

  @Override
  public int hashCode() {
    return Objects.hash(absolute, names);
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", names);
  }
}

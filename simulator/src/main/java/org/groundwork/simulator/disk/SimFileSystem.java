package org.groundwork.simulator.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A disk as one life of a process sees it. */
final class SimFileSystem extends FileSystem {
  private final SimDisk disk;
  private final SimProvider provider = new SimProvider(this);
  private boolean mounted = true;

  SimFileSystem(SimDisk disk) {
    this.disk = disk;
  }

  SimDisk disk() {
    return disk;
  }

  SimPath rootPath() {
    return new SimPath(this, true, List.of());
  }

  void unmount() {
    mounted = false;
  }

  /** Throws if the process that mounted this is dead. */
  void requireMounted() {
    if (!mounted) {
      throw new Crashed();
    }
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public SimPath getPath(String first, String... more) {
    List<String> names = new ArrayList<>();
    String all = more.length == 0 ? first : first + "/" + String.join("/", more);
    for (String name : all.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return new SimPath(this, all.startsWith("/"), names);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return mounted;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(rootPath());
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}

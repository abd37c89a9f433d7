package org.groundwork.simulator.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of the JDK's file interface that the system uses. */
final class SimProvider extends FileSystemProvider {
  private final SimFileSystem fileSystem;

  SimProvider(SimFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  private @Nullable Entry find(Path path) {
    fileSystem.requireMounted();
    Entry entry = fileSystem.disk().rootEntry();
    for (String name : SimPath.of(path).names()) {
      if (!(entry instanceof FolderEntry folder)) {
        return null;
      }
      Entry next = folder.get(name);
      if (next == null) {
        return null;
      }
      entry = next;
    }
    return entry;
  }

  private Entry require(Path path) throws NoSuchFileException {
    Entry entry = find(path);
    if (entry == null) {
      throw new NoSuchFileException(path.toString());
    }
    return entry;
  }

  private FolderEntry folderOf(Path path) throws IOException {
    SimPath parent = SimPath.of(path.toAbsolutePath()).getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return folder(parent);
  }

  private FolderEntry folder(Path path) throws IOException {
    if (require(path) instanceof FolderEntry folder) {
      return folder;
    }
    throw new NotDirectoryException(path.toString());
  }

  private static String name(Path path) {
    return SimPath.of(path).names().getLast();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Entry entry = find(path);
    boolean writes = options.contains(StandardOpenOption.WRITE);
    if (entry != null && options.contains(StandardOpenOption.CREATE_NEW)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (entry == null) {
      if (!options.contains(StandardOpenOption.CREATE)
          && !options.contains(StandardOpenOption.CREATE_NEW)) {
        throw new NoSuchFileException(path.toString());
      }
      FolderEntry folder = folderOf(path);
      fileSystem.disk().changing();
      FileEntry file = fileSystem.disk().made(new FileEntry());
      folder.put(name(path), file);
      entry = file;
    }
    SimChannel channel = new SimChannel(fileSystem, entry);
    if (writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.truncate(0);
    }
    return channel;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> children = new ArrayList<>();
    for (String name : folder(path).entries().keySet()) {
      Path child = path.resolve(name);
      if (filter.accept(child)) {
        children.add(child);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return children.iterator();
      }

      @Override
      public void close() {
        // It holds nothing.
      }
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    if (find(path) != null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    FolderEntry parent = folderOf(path);
    fileSystem.disk().changing();
    parent.put(name(path), fileSystem.disk().made(new FolderEntry()));
  }

  @Override
  public void delete(Path path) throws IOException {
    if (require(path) instanceof FolderEntry folder && !folder.entries().isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    fileSystem.disk().changing();
    folderOf(path).remove(name(path));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Entry entry = require(source);
    Entry there = find(target);
    boolean replace = List.of(options).contains(StandardCopyOption.REPLACE_EXISTING);
    if (there instanceof FolderEntry || (there != null && !replace)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    FolderEntry from = folderOf(source);
    FolderEntry to = folderOf(target);
    fileSystem.disk().changing();
    if (from == to) {
      from.rename(name(source), name(target), entry);
    } else {
      to.put(name(target), entry);
      from.remove(name(source));
    }
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    require(path);
  }

  @Override
  public boolean exists(Path path, LinkOption... options) {
    return find(path) != null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return type.cast(new SimAttributes(require(path)));
  }

  @Override
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) {
    Entry entry = find(path);
    return entry == null ? null : type.cast(new SimAttributes(entry));
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.toAbsolutePath().equals(other.toAbsolutePath());
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public String getScheme() {
    return "sim";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}

package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * The manifests of a customer's objects: one small file each, replaced in one durable step. What
 * nothing uses lies in a trash for a while, from where it is still read. Safe for many threads.
 */
final class Catalog {
  private static final String SUFFIX = ".manifest";

  private final Path folder;
  private final Path trash;
  private final AtomicLong changes = new AtomicLong();

  Catalog(Path folder) throws IOException {
    this.folder = folder;
    trash = folder.resolve("trash");
    Files.createDirectories(trash);
  }

  void put(Manifest manifest) throws IOException {
    Path file = file(folder, manifest.id());
    Path next = Files.createTempFile(folder, "next", ".tmp");
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(manifest.encode().unsafeArray());
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
    changes.incrementAndGet();
  }

  /**
   * Changes a manifest that is there.
   *
   * @return whether it is
   */
  synchronized boolean update(Hash id, UnaryOperator<Manifest> change) throws IOException {
    Optional<Manifest> there = get(id);
    if (there.isPresent()) {
      put(change.apply(there.get()));
    }
    return there.isPresent();
  }

  /** A manifest, also one in the trash. */
  Optional<Manifest> get(Hash id) throws IOException {
    Optional<Manifest> found = read(file(folder, id));
    if (found.isEmpty()) {
      found = read(file(trash, id));
    }
    // It may have come back in between.
    return found.isPresent() ? found : read(file(folder, id));
  }

  private static Optional<Manifest> read(Path file) throws IOException {
    try {
      return Optional.of(Manifest.decode(Bytes.wrap(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (Malformed e) {
      throw new IOException("The manifest " + file + " is damaged", e);
    }
  }

  synchronized void remove(Hash id) throws IOException {
    Files.deleteIfExists(file(folder, id));
    Files.deleteIfExists(file(trash, id));
    changes.incrementAndGet();
  }

  /** Grows with every change. */
  long version() {
    return changes.get();
  }

  /** The ids of all objects that are not in the trash, in order. */
  List<Hash> ids() throws IOException {
    return ids(folder);
  }

  /** The ids of what is in the trash, in order. */
  List<Hash> trash() throws IOException {
    return ids(trash);
  }

  synchronized void discard(Hash id, Instant now) throws IOException {
    Path file = file(folder, id);
    Files.setLastModifiedTime(file, FileTime.from(now));
    Files.move(file, file(trash, id), StandardCopyOption.ATOMIC_MOVE);
    sync(trash);
    changes.incrementAndGet();
  }

  synchronized void restore(Hash id) throws IOException {
    Files.move(file(trash, id), file(folder, id), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    changes.incrementAndGet();
  }

  /** Since when something is in the trash. */
  Instant discardedAt(Hash id) throws IOException {
    return Files.getLastModifiedTime(file(trash, id)).toInstant();
  }

  private static List<Hash> ids(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> Hash.fromHex(name.substring(0, name.length() - SUFFIX.length())))
          .sorted()
          .toList();
    }
  }

  private static Path file(Path folder, Hash id) {
    return folder.resolve(id.toHex().substring(2) + SUFFIX);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

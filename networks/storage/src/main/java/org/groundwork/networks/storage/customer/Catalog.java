package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** The manifests of a customer's objects: one small file each, replaced in one durable step. */
final class Catalog {
  private static final String SUFFIX = ".manifest";

  private final Path folder;

  Catalog(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  void put(Manifest manifest) throws IOException {
    Path file = file(manifest.id());
    Path next = Files.createTempFile(folder, "next", ".tmp");
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(manifest.encode().unsafeArray());
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  Optional<Manifest> get(Hash id) throws IOException {
    try {
      return Optional.of(Manifest.decode(Bytes.wrap(Files.readAllBytes(file(id)))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (Malformed e) {
      throw new IOException("The manifest " + file(id) + " is damaged", e);
    }
  }

  void remove(Hash id) throws IOException {
    Files.deleteIfExists(file(id));
  }

  /** The ids of all objects, in order. */
  List<Hash> ids() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> Hash.fromHex(name.substring(0, name.length() - SUFFIX.length())))
          .sorted()
          .toList();
    }
  }

  private Path file(Hash id) {
    return folder.resolve(id.toHex().substring(2) + SUFFIX);
  }
}

package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * The newest metadata root of each customer, one small file each, replaced in one durable step.
 * Safe for many threads.
 */
final class MetadataRoots {
  private final Path folder;

  MetadataRoots(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
  }

  /**
   * Keeps a root in the place of the payer's older one. The caller has verified it.
   *
   * @return false if the one that is there is newer
   */
  synchronized boolean keep(MetadataRoot.Signed root) throws IOException {
    AccountId payer = root.root().payer();
    Optional<MetadataRoot.Signed> there = find(payer);
    if (there.isPresent() && there.get().root().number() >= root.root().number()) {
      return there.get().equals(root);
    }
    Path next = folder.resolve("next");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(root.encode().unsafeArray());
      while (content.hasRemaining()) {
        out.write(content);
      }
      out.force(true);
    }
    Files.move(
        next, file(payer), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
    return true;
  }

  Optional<MetadataRoot.Signed> find(AccountId payer) throws IOException {
    try {
      return Optional.of(MetadataRoot.Signed.decode(Bytes.wrap(Files.readAllBytes(file(payer)))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (Malformed e) {
      throw new IOException(file(payer) + " is damaged", e);
    }
  }

  private Path file(AccountId payer) {
    return folder.resolve(payer.toHex());
  }
}

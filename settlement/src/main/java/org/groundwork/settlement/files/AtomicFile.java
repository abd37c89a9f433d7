package org.groundwork.settlement.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;

/** Replaces a file's whole content: a temporary file, fsync, rename, fsync of the folder. */
public final class AtomicFile {
  private AtomicFile() {}

  public static void write(Path file, Bytes content) throws SettlementException {
    write(file, content, "rw-r--r--");
  }

  /** For the owner's eyes alone, from the first moment on. */
  public static void writeSecret(Path file, Bytes content) throws SettlementException {
    write(file, content, "rw-------");
  }

  private static void write(Path file, Bytes content, String permissions)
      throws SettlementException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + ".new");
    FileAttribute<?> attribute =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    try {
      Path folder = target.resolveSibling("").toAbsolutePath();
      Files.createDirectories(folder);
      Files.deleteIfExists(temporary);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attribute)) {
        ByteBuffer buffer = ByteBuffer.wrap(content.unsafeArray());
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new SettlementException(
          Failure.FILE_UNUSABLE, file + " cannot be written: " + e.getMessage(), e);
    }
  }
}

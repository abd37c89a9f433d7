package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;

/** Keeps each blob as a file; can be told to fail. */
final class DirectoryStore implements ObjectStore {
  private final Path directory;
  private final AtomicLong next = new AtomicLong();
  volatile Optional<ObjectStoreException> failure = Optional.empty();

  /** Reads fail after so many bytes of a blob. */
  volatile long failAfter = Long.MAX_VALUE;

  /** Something that takes its time. */
  interface Before {
    void put(long length) throws InterruptedException;
  }

  /** Runs before a blob is written. */
  volatile Before before = length -> {};

  DirectoryStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public Stored put(InputStream data, long length) throws IOException, ObjectStoreException {
    failIfTold();
    try {
      before.put(length);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    String name = "blob-" + next.getAndIncrement();
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      data.transferTo(out);
    } catch (IOException | RuntimeException e) {
      Files.delete(file);
      throw e;
    }
    return new Stored(Bytes.wrap(name.getBytes(StandardCharsets.UTF_8)), Files.size(file));
  }

  private void failIfTold() throws ObjectStoreException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private Path file(Stored stored) {
    return directory.resolve(new String(stored.manifest().unsafeArray(), StandardCharsets.UTF_8));
  }

  @Override
  public void read(Stored stored, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException {
    failIfTold();
    if (offset < 0 || length < 0 || offset + length > stored.length()) {
      throw new IndexOutOfBoundsException(offset + " " + length + " " + stored.length());
    }
    byte[] buffer = new byte[256 * 1024];
    try (InputStream in = Files.newInputStream(file(stored))) {
      in.skipNBytes(offset);
      long done = 0;
      while (done < length) {
        if (done >= failAfter) {
          throw new ObjectStoreException.NotEnoughProviders(3, 4);
        }
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, length - done));
        out.write(buffer, 0, n);
        done += n;
      }
    }
  }

  @Override
  public void delete(Stored stored) throws IOException, ObjectStoreException {
    failIfTold();
    Files.deleteIfExists(file(stored));
  }

  long files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}

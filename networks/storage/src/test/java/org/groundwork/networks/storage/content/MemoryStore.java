package org.groundwork.networks.storage.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.networks.storage.s3.ObjectStore;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.protocol.Bytes;

/** Keeps bytes in memory; can be told to flip some. */
public final class MemoryStore implements ObjectStore {
  private final Map<Long, byte[]> blobs = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();

  /** Whether what is read differs from what was written. */
  public volatile boolean spoiled;

  /** What writing fails with. */
  public volatile Optional<ObjectStoreException> failure = Optional.empty();

  @Override
  public Stored put(InputStream data, long length) throws IOException, ObjectStoreException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    byte[] content = data.readAllBytes();
    long id = next.getAndIncrement();
    blobs.put(id, content);
    byte[] manifest = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    return new Stored(Bytes.wrap(manifest), content.length);
  }

  private static long id(Stored stored) {
    return ByteBuffer.wrap(stored.manifest().unsafeArray()).getLong();
  }

  @Override
  public void read(Stored stored, long offset, long length, OutputStream out) throws IOException {
    byte[] content = Objects.requireNonNull(blobs.get(id(stored))).clone();
    if (spoiled) {
      content[(int) offset] ^= 1;
    }
    out.write(content, (int) offset, (int) length);
  }

  @Override
  public void delete(Stored stored) {
    blobs.remove(id(stored));
  }

  public int blobs() {
    return blobs.size();
  }
}

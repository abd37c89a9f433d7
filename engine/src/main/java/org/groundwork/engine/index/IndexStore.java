package org.groundwork.engine.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.HashFolder;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/** Indexes in a folder, under their addresses. What {@link #put} returned from is durable. */
public final class IndexStore implements IndexSource {
  private final HashFolder folder;

  public IndexStore(Path folder) throws IOException {
    this.folder = new HashFolder(folder, ".index");
  }

  public Hash put(SegmentIndex index) throws IOException {
    Hash hash = index.hash();
    if (!has(hash)) {
      folder.put(hash, index.encode());
    }
    return hash;
  }

  @Override
  public Optional<SegmentIndex> get(Hash hash) throws IOException {
    Optional<Bytes> encoded = encoded(hash);
    if (encoded.isEmpty()) {
      return Optional.empty();
    }
    if (!Sha256.hash(encoded.get().unsafeArray()).equals(hash)) {
      throw new IOException("the stored index " + hash + " is damaged");
    }
    try {
      return Optional.of(SegmentIndex.decode(encoded.get()));
    } catch (Malformed e) {
      throw new IOException("the stored index " + hash + " cannot be read", e);
    }
  }

  /** The bytes to send. */
  public Optional<Bytes> encoded(Hash hash) throws IOException {
    return folder.get(hash);
  }

  public boolean has(Hash hash) {
    return folder.has(hash);
  }

  /** The addresses of all indexes kept here, ascending. */
  public List<Hash> list() throws IOException {
    return folder.list();
  }
}

package org.groundwork.engine.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.engine.store.HashStore;
import org.groundwork.engine.store.Store;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Indexes under their addresses. What {@link #put} returned from is durable. Each is checked
 * against its address whenever it is read; a damaged one is gone.
 */
public final class IndexStore implements IndexSource {
  private final HashStore indexes;

  public IndexStore(Store store) throws IOException {
    indexes = new HashStore(store, ".index");
  }

  /** Indexes in a folder of their own. */
  public IndexStore(Path folder) throws IOException {
    this(new FolderStore(folder));
  }

  public Hash put(SegmentIndex index) throws IOException {
    Hash hash = index.hash();
    if (!has(hash)) {
      indexes.put(hash, index.encode());
    }
    return hash;
  }

  @Override
  public Optional<SegmentIndex> get(Hash hash) throws IOException {
    return indexes.get(hash, content -> SegmentIndex.decode(checked(hash, content)));
  }

  /** The bytes to send; whoever gets them checks them. */
  public Optional<Bytes> encoded(Hash hash) throws IOException {
    return indexes.unchecked(hash);
  }

  private static Bytes checked(Hash expected, Bytes content) throws Malformed {
    Hash hash = Sha256.hash(content.unsafeArray());
    if (!hash.equals(expected)) {
      throw new Malformed("index " + hash + " instead of " + expected);
    }
    return content;
  }

  public boolean has(Hash hash) {
    return indexes.has(hash);
  }

  /** The addresses of all indexes kept here, ascending. */
  public List<Hash> list() {
    return indexes.list();
  }
}

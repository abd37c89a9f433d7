package org.groundwork.engine.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/**
 * Objects by their keys: relative paths of lower-case letters, digits, dots and hyphens. Each is
 * there whole or not at all. One process writes at a time; safe for use by many threads.
 */
public interface Store {
  /** Keeps an object, in the place of one that may be there; durable when this returns. */
  void put(String key, Bytes content) throws IOException;

  /**
   * The same with content that is made as it is written, once; a store that can do without has none
   * of it whole in memory.
   */
  default void put(String key, DurableFile.Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    put(key, Bytes.wrap(out.toByteArray()));
  }

  /** The object; empty if it is not here. What it holds is for the caller to check. */
  Optional<Bytes> get(String key) throws IOException;

  /** Deletes an object, if it is here. */
  void delete(String key) throws IOException;

  /** The keys that begin so, ascending. */
  List<String> list(String prefix) throws IOException;

  /** The part of this store whose keys begin so. */
  default Store under(String prefix) {
    return new PartOfStore(this, prefix);
  }
}

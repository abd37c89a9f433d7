package org.groundwork.engine.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/** The objects of a store whose keys begin with a prefix, without it. */
record PartOfStore(Store whole, String prefix) implements Store {
  @Override
  public void put(String key, Bytes content) throws IOException {
    whole.put(prefix + key, content);
  }

  @Override
  public void put(String key, DurableFile.Content content) throws IOException {
    whole.put(prefix + key, content);
  }

  @Override
  public Optional<Bytes> get(String key) throws IOException {
    return whole.get(prefix + key);
  }

  @Override
  public void delete(String key) throws IOException {
    whole.delete(prefix + key);
  }

  @Override
  public List<String> list(String start) throws IOException {
    return whole.list(prefix + start).stream().map(key -> key.substring(prefix.length())).toList();
  }
}

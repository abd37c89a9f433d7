package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** The values of a map whose keys start with a prefix, in order. */
final class MetadataRange implements Iterator<byte[]> {
  private final Cursor<byte[], byte[]> cursor;
  private final byte[] prefix;
  private boolean more;

  private MetadataRange(MVMap<byte[], byte[]> map, byte[] prefix) {
    this.prefix = prefix;
    this.cursor = map.cursor(prefix);
    step();
  }

  static MetadataRange of(MVMap<byte[], byte[]> map, byte[] prefix) {
    return new MetadataRange(map, prefix);
  }

  /** The keys, read at once so that the map may be changed afterwards. */
  static List<byte[]> keys(MVMap<byte[], byte[]> map, byte[] prefix) {
    var keys = new ArrayList<byte[]>();
    for (var range = of(map, prefix); range.hasNext(); range.step()) {
      keys.add(range.cursor.getKey());
    }
    return keys;
  }

  private void step() {
    more = cursor.hasNext() && MetadataKeys.startsWith(cursor.next(), prefix);
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public byte[] next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    byte[] value = cursor.getValue();
    step();
    return value;
  }
}

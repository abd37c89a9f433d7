package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * Walks a bucket in the order of its keys' UTF-8 bytes. Keys under a common prefix are stepped over
 * in one seek, so a page costs as much as it shows.
 */
final class Lister<T> {
  /** What a listing is made of, in order. */
  interface Sink<T> {
    void entry(String key, T value);

    void commonPrefix(String prefix);
  }

  private final MVMap<byte[], byte[]> map;
  private final byte[] bucket;
  private final Function<byte[], T> decode;

  Lister(MVMap<byte[], byte[]> map, String bucket, Function<byte[], T> decode) {
    this.map = map;
    this.bucket = MetadataKeys.object(bucket, "");
    this.decode = decode;
  }

  /** Whether there is more after the page, and where it ended. */
  record End(boolean truncated, String last) {}

  End list(Listing.Query query, Sink<T> sink) {
    byte[] prefix = MetadataKeys.join(bucket, MetadataKeys.utf8(query.prefix()));
    byte[] delimiter = MetadataKeys.utf8(query.delimiter());
    byte[] from = start(prefix, delimiter, query.after());
    String last = query.after();
    int count = 0;
    Cursor<byte[], byte[]> cursor = map.cursor(from);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      if (!MetadataKeys.startsWith(key, prefix)) {
        break;
      }
      if (count == query.max()) {
        // A page of nothing is asked for to learn nothing: it never has a next one.
        return new End(query.max() > 0, last);
      }
      count++;
      int rolled = rolledUp(key, prefix.length, delimiter);
      if (rolled < 0) {
        last = name(key, key.length);
        sink.entry(last, decode.apply(cursor.getValue()));
      } else {
        last = name(key, rolled);
        sink.commonPrefix(last);
        cursor = map.cursor(MetadataKeys.afterPrefix(Arrays.copyOf(key, rolled)));
      }
    }
    return new End(false, last);
  }

  private byte[] start(byte[] prefix, byte[] delimiter, String after) {
    byte[] marker = MetadataKeys.join(bucket, MetadataKeys.utf8(after));
    if (after.isEmpty() || Arrays.compareUnsigned(marker, prefix) < 0) {
      return prefix;
    }
    int rolled =
        MetadataKeys.startsWith(marker, prefix) ? rolledUp(marker, prefix.length, delimiter) : -1;
    return rolled < 0
        ? MetadataKeys.next(marker)
        : MetadataKeys.afterPrefix(Arrays.copyOf(marker, rolled));
  }

  /** Where the common prefix of a key ends, or -1 if it has none. */
  static int rolledUp(byte[] key, int from, byte[] delimiter) {
    if (delimiter.length == 0) {
      return -1;
    }
    for (int i = from; i + delimiter.length <= key.length; i++) {
      if (Arrays.equals(key, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i + delimiter.length;
      }
    }
    return -1;
  }

  private String name(byte[] key, int end) {
    return new String(key, bucket.length, end - bucket.length, StandardCharsets.UTF_8);
  }
}

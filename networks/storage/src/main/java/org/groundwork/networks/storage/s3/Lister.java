package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * Walks a bucket's objects in the order of its keys' UTF-8 bytes. Keys under a common prefix are
 * stepped over in one seek, so a page costs as much as it shows.
 */
final class Lister {
  private final MVMap<byte[], byte[]> objects;
  private final byte[] bucket;

  Lister(MVMap<byte[], byte[]> objects, String bucket) {
    this.objects = objects;
    this.bucket = MetadataKeys.object(bucket, "");
  }

  Listing list(Listing.Query query) {
    var entries = new ArrayList<Listing.Entry>();
    var prefixes = new ArrayList<String>();
    byte[] prefix = MetadataKeys.join(bucket, MetadataKeys.utf8(query.prefix()));
    byte[] delimiter = MetadataKeys.utf8(query.delimiter());
    byte[] from = start(prefix, delimiter, query.after());
    String last = query.after();
    Cursor<byte[], byte[]> cursor = objects.cursor(from);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      if (!MetadataKeys.startsWith(key, prefix)) {
        break;
      }
      if (entries.size() + prefixes.size() == query.max()) {
        // A page of nothing is asked for to learn nothing: it never has a next one.
        return new Listing(entries, prefixes, query.max() > 0, last);
      }
      int rolled = rolledUp(key, prefix.length, delimiter);
      if (rolled < 0) {
        last = name(key, key.length);
        entries.add(new Listing.Entry(last, RecordCodec.object(cursor.getValue())));
      } else {
        last = name(key, rolled);
        prefixes.add(last);
        cursor = objects.cursor(MetadataKeys.afterPrefix(Arrays.copyOf(key, rolled)));
      }
    }
    return new Listing(entries, prefixes, false, last);
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

package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.storage.erasure.Shape;
import org.h2.mvstore.MVMap;

/**
 * The buckets by name and, of those that have one, the shape of their own. Every method is called
 * inside a change or a look of {@link DurableMaps}.
 */
final class BucketTable {
  private final MVMap<byte[], byte[]> buckets;
  private final MVMap<byte[], byte[]> shapes;

  BucketTable(DurableMaps maps) {
    buckets = maps.map("buckets");
    shapes = maps.map("shapes");
  }

  SortedMap<String, BucketRecord> all() {
    var result = new TreeMap<String, BucketRecord>();
    var cursor = buckets.cursor(null);
    while (cursor.hasNext()) {
      String name = new String(cursor.next(), StandardCharsets.UTF_8);
      result.put(name, RecordCodec.bucket(cursor.getValue()));
    }
    return result;
  }

  Optional<BucketRecord> find(String bucket) {
    return Optional.ofNullable(buckets.get(MetadataKeys.utf8(bucket))).map(RecordCodec::bucket);
  }

  Optional<Shape> shape(String bucket) {
    return Optional.ofNullable(shapes.get(MetadataKeys.utf8(bucket))).map(BucketShape::decode);
  }

  /** Refuses if there is one of the name. */
  void create(String bucket, BucketRecord created, Optional<Shape> shape) throws S3Exception {
    Optional<BucketRecord> old = find(bucket);
    if (old.isPresent()) {
      throw old.get().owner().equals(created.owner())
          ? S3Error.BucketAlreadyOwnedByYou.exception()
          : S3Error.BucketAlreadyExists.exception();
    }
    put(bucket, created);
    shape.ifPresent(own -> shapes.put(MetadataKeys.utf8(bucket), BucketShape.encode(own)));
  }

  void put(String bucket, BucketRecord changed) {
    buckets.put(MetadataKeys.utf8(bucket), RecordCodec.encode(changed));
  }

  void remove(String bucket) {
    buckets.remove(MetadataKeys.utf8(bucket));
    shapes.remove(MetadataKeys.utf8(bucket));
  }
}

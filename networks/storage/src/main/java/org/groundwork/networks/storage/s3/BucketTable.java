package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;

/**
 * The buckets by name and, of those that say something of it, how their objects are kept. Every
 * method is called inside a change or a look of {@link DurableMaps}.
 */
final class BucketTable {
  private final MVMap<byte[], byte[]> buckets;
  private final MVMap<byte[], byte[]> shapes;
  private final MVMap<byte[], byte[]> packings;

  BucketTable(DurableMaps maps) {
    buckets = maps.map("buckets");
    shapes = maps.map("shapes");
    packings = maps.map("packings");
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

  Coding coding(String bucket) {
    byte[] key = MetadataKeys.utf8(bucket);
    return new Coding(
        Optional.ofNullable(shapes.get(key)).map(BucketShape::decode),
        Optional.ofNullable(packings.get(key)).map(BucketPacking::decode));
  }

  /** Refuses if there is one of the name. */
  void create(String bucket, BucketRecord created, Coding coding) throws S3Exception {
    Optional<BucketRecord> old = find(bucket);
    if (old.isPresent()) {
      throw old.get().owner().equals(created.owner())
          ? S3Error.BucketAlreadyOwnedByYou.exception()
          : S3Error.BucketAlreadyExists.exception();
    }
    put(bucket, created);
    byte[] key = MetadataKeys.utf8(bucket);
    coding.shape().ifPresent(shape -> shapes.put(key, BucketShape.encode(shape)));
    coding.packing().ifPresent(packing -> packings.put(key, BucketPacking.encode(packing)));
  }

  void put(String bucket, BucketRecord changed) {
    buckets.put(MetadataKeys.utf8(bucket), RecordCodec.encode(changed));
  }

  void remove(String bucket) {
    buckets.remove(MetadataKeys.utf8(bucket));
    shapes.remove(MetadataKeys.utf8(bucket));
    packings.remove(MetadataKeys.utf8(bucket));
  }
}

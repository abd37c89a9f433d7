package org.groundwork.networks.storage.s3;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tests of the metadata do often: as the first user, without versions or conditions. */
final class Simply {
  private Simply() {}

  static void createBucket(Buckets buckets, String bucket, Instant now) throws S3Exception {
    String owner = User.FIRST.id();
    buckets.createBucket(bucket, BucketRecord.of(now, owner, Acl.of(owner)));
  }

  static void delete(Buckets buckets, String bucket, List<String> keys) throws S3Exception {
    ObjectRecord marker =
        ObjectRecord.deleteMarker(Instant.EPOCH, User.FIRST.id(), ObjectRecord.Version.NULL);
    buckets.delete(
        bucket,
        keys.stream()
            .map(key -> new Buckets.Doomed(key, Optional.empty(), Buckets.Condition.NONE))
            .toList(),
        marker);
  }

  static void copy(Buckets buckets, String bucket, String from, String to) throws S3Exception {
    buckets.copy(
        new Buckets.Copied(bucket, from, Optional.empty()),
        bucket,
        to,
        Buckets.Condition.NONE,
        source -> source);
  }
}

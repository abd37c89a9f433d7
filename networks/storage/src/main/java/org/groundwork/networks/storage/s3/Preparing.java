package org.groundwork.networks.storage.s3;

import java.util.HexFormat;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/** What a request says about the object that it makes, beside its bytes. */
final class Preparing {
  private final AclRequest lists;
  private final RandomGenerator random;

  Preparing(Users users, RandomGenerator random) {
    this.lists = new AclRequest(users);
    this.random = random;
  }

  /** Whom it will belong to, who else may do what with it, and its tags. */
  ObjectRecord.Owned owned(Call call, BucketRecord bucket) throws S3Exception {
    return owned(call, bucket, Tags.ofHeader(call.request()));
  }

  ObjectRecord.Owned owned(Call call, BucketRecord bucket, SortedMap<String, String> tags)
      throws S3Exception {
    String owner = call.user().id();
    return new ObjectRecord.Owned(
        owner, lists.ofHeaders(call.request(), owner, bucket.owner()).orElse(Acl.of(owner)), tags);
  }

  /** What makes the version new that the object becomes. */
  ObjectRecord.Version token() {
    return new ObjectRecord.Version(0, HexFormat.of().toHexDigits(random.nextLong()), false);
  }
}

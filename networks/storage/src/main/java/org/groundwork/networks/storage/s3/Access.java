package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what. A bucket's policy comes first: what it denies is denied, what it allows is
 * allowed. Then a bucket's owner may do anything with it and with all that is in it, an object's
 * owner anything with the object; all others what the access control lists grant.
 */
final class Access {
  private static final Map<String, Acl.Permission> ON_BUCKET =
      Map.of(
          "s3:ListBucket", Acl.Permission.READ,
          "s3:ListBucketVersions", Acl.Permission.READ,
          "s3:ListBucketMultipartUploads", Acl.Permission.READ,
          "s3:PutObject", Acl.Permission.WRITE,
          "s3:DeleteObject", Acl.Permission.WRITE,
          "s3:AbortMultipartUpload", Acl.Permission.WRITE,
          "s3:ListMultipartUploadParts", Acl.Permission.WRITE,
          "s3:GetBucketAcl", Acl.Permission.READ_ACP,
          "s3:PutBucketAcl", Acl.Permission.WRITE_ACP);
  private static final Map<String, Acl.Permission> ON_OBJECT =
      Map.of(
          "s3:GetObject", Acl.Permission.READ,
          "s3:GetObjectVersion", Acl.Permission.READ,
          "s3:GetObjectAcl", Acl.Permission.READ_ACP,
          "s3:PutObjectAcl", Acl.Permission.WRITE_ACP);

  /** What belongs to the object's owner, beside what the lists speak of. */
  private static final Set<String> OF_OBJECT =
      Set.of("s3:GetObjectTagging", "s3:PutObjectTagging", "s3:DeleteObjectTagging");

  /** An owner cannot lock himself out. */
  private static final Set<String> NEVER_DENIED =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  private final Buckets buckets;
  private final InstantSource clock;

  Access(Buckets buckets, InstantSource clock) {
    this.buckets = buckets;
    this.clock = clock;
  }

  /** The bucket, if the caller may do this with it as a whole. */
  BucketRecord bucket(Call call, String action) throws S3Exception {
    BucketRecord bucket = present(call, call.bucket());
    require(allowed(call, bucket, action, call.bucket(), Optional.empty()));
    return bucket;
  }

  /** The bucket, if the caller may do this with a key of it whether or not there is an object. */
  BucketRecord key(Call call, String action, String key) throws S3Exception {
    BucketRecord bucket = present(call, call.bucket());
    require(mayDo(call, bucket, action, key));
    return bucket;
  }

  boolean mayDo(Call call, BucketRecord bucket, String action, String key) throws S3Exception {
    return allowed(
        call, bucket, action, call.bucket() + "/" + key, buckets.find(call.bucket(), key));
  }

  /** Requires that the caller may do this with an object that was found. */
  void object(Call call, String action, String bucket, String key, ObjectRecord object)
      throws S3Exception {
    require(allowed(call, present(call, bucket), action, bucket + "/" + key, Optional.of(object)));
  }

  /** Of what is not there only those learn that may list the bucket. */
  S3Exception missing(Call call, String bucket, S3Exception error) throws S3Exception {
    boolean lists = allowed(call, present(call, bucket), "s3:ListBucket", bucket, Optional.empty());
    return error.error() == S3Error.NoSuchBucket || lists
        ? error
        : S3Error.AccessDenied.exception();
  }

  private BucketRecord present(Call call, String name) throws S3Exception {
    BucketRecord bucket = buckets.bucket(name);
    String header =
        name.equals(call.bucket())
            ? "x-amz-expected-bucket-owner"
            : "x-amz-source-expected-bucket-owner";
    require(call.request().header(header).orElse(bucket.owner()).equals(bucket.owner()));
    return bucket;
  }

  private static void require(boolean allowed) throws S3Exception {
    if (!allowed) {
      throw S3Error.AccessDenied.exception();
    }
  }

  private boolean allowed(
      Call call, BucketRecord bucket, String action, String resource, Optional<ObjectRecord> object)
      throws S3Exception {
    User user = call.user();
    boolean owner = user.id().equals(bucket.owner());
    if (!bucket.policy().isEmpty()) {
      String name =
          resource.contains("/") ? resource.substring(0, resource.indexOf('/')) : resource;
      Policy policy = Policy.parse(bucket.policy().getBytes(StandardCharsets.UTF_8), name);
      Question question = Question.of(call, action, resource, object, clock.instant());
      switch (policy.decide(question)) {
        case DENY -> {
          return owner && NEVER_DENIED.contains(action);
        }
        case ALLOW -> {
          return true;
        }
        case NOTHING -> {}
      }
    }
    return owner || granted(user, bucket, action, object);
  }

  private static boolean granted(
      User user, BucketRecord bucket, String action, Optional<ObjectRecord> object) {
    Optional<Acl.Permission> onBucket = Optional.ofNullable(ON_BUCKET.get(action));
    if (onBucket.isPresent()) {
      return bucket.acl().allows(user, onBucket.get());
    }
    if (object.isEmpty()) {
      return false;
    }
    ObjectRecord.Owned owned = object.get().owned();
    Optional<Acl.Permission> onObject = Optional.ofNullable(ON_OBJECT.get(action));
    boolean owner = !user.anonymous() && owned.owner().equals(user.id());
    return onObject.isPresent()
        ? owner || owned.acl().allows(user, onObject.get())
        : owner && OF_OBJECT.contains(action);
  }
}

package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is asked of the service and of a bucket as a whole. */
final class BucketOperations {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  private final Buckets buckets;
  private final S3Config config;
  private final InstantSource clock;

  BucketOperations(Buckets buckets, S3Config config, InstantSource clock) {
    this.buckets = buckets;
    this.config = config;
    this.clock = clock;
  }

  static void requireValidName(String bucket) throws S3Exception {
    if (!NAME.matcher(bucket).matches()
        || IP_ADDRESS.matcher(bucket).matches()
        || bucket.contains("..")
        || bucket.contains(".-")
        || bucket.contains("-.")) {
      throw S3Error.InvalidBucketName.exception();
    }
  }

  Answer listBuckets() throws S3Exception {
    XmlWriter xml = XmlWriter.root("ListAllMyBucketsResult");
    owner(xml, "Owner", config.owner());
    xml.start("Buckets");
    buckets
        .list()
        .forEach((name, created) ->
            xml.start("Bucket")
                .text("Name", name)
                .text("CreationDate", ObjectHeaders.xmlDate(created))
                .end());
    return Answer.document(xml);
  }

  static void owner(XmlWriter xml, String element, String owner) {
    xml.start(element).text("ID", owner).text("DisplayName", owner).end();
  }

  Answer create(Call call) throws IOException {
    requireValidName(call.bucket());
    ObjectHeaders.refuseUnsupported(call.request());
    if (call.contentLength() > 0) {
      // Where it would be is of no matter here, but the document has to be one.
      call.document("CreateBucketConfiguration");
    }
    Optional<String> shape = call.request().header(BucketShape.HEADER);
    buckets.createBucket(
        call.bucket(),
        clock.instant(),
        shape.isPresent() ? Optional.of(BucketShape.parse(shape.get())) : Optional.empty());
    return Answer.empty(200, Map.of("location", "/" + call.bucket()));
  }

  Answer head(Call call) throws S3Exception {
    buckets.requireBucket(call.bucket());
    var headers = new TreeMap<>(Map.of("x-amz-bucket-region", config.region()));
    buckets
        .shape(call.bucket())
        .ifPresent(shape -> headers.put(BucketShape.HEADER, BucketShape.text(shape)));
    return Answer.empty(200, headers);
  }

  Answer delete(Call call) throws S3Exception {
    buckets.deleteBucket(call.bucket());
    return Answer.empty(204);
  }

  Answer location(Call call) throws S3Exception {
    buckets.requireBucket(call.bucket());
    XmlWriter xml = XmlWriter.leaf("LocationConstraint", locationConstraint());
    return Answer.document(xml);
  }

  /** The oldest region has no name there. */
  private String locationConstraint() {
    return config.region().equals("us-east-1") ? "" : config.region();
  }

  Answer versioning(Call call) throws S3Exception {
    buckets.requireBucket(call.bucket());
    return Answer.document(XmlWriter.root("VersioningConfiguration"));
  }

  /** The owner may do everything, nobody else anything. */
  Answer acl(Call call) throws S3Exception {
    if (call.key().isEmpty()) {
      buckets.requireBucket(call.bucket());
    } else {
      buckets.get(call.bucket(), call.key());
    }
    XmlWriter xml = XmlWriter.root("AccessControlPolicy");
    owner(xml, "Owner", config.owner());
    xml.start("AccessControlList").start("Grant");
    xml.grantee(config.owner()).text("Permission", "FULL_CONTROL");
    return Answer.document(xml);
  }
}

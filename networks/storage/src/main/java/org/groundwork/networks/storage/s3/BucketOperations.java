package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is asked of the service and of a bucket as a whole. */
final class BucketOperations {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final int MAX_BUCKETS = 10_000;

  private final Buckets buckets;
  private final Access access;
  private final Users users;
  private final S3Config config;
  private final InstantSource clock;

  BucketOperations(
      Buckets buckets, Access access, Users users, S3Config config, InstantSource clock) {
    this.buckets = buckets;
    this.access = access;
    this.users = users;
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

  /** The caller's own. */
  Answer listBuckets(Call call) throws S3Exception {
    requireSomebody(call);
    String prefix = call.request().parameter("prefix").orElse("");
    int max = call.number("max-buckets", MAX_BUCKETS, MAX_BUCKETS);
    Optional<String> token =
        call.request().parameter("continuation-token").filter(t -> !t.isEmpty());
    String after = token.isPresent() ? ListOperations.fromToken(token.get()) : "";
    List<Map.Entry<String, BucketRecord>> own = new ArrayList<>();
    for (var entry : buckets.list().tailMap(after + "\0").entrySet()) {
      if (entry.getValue().owner().equals(call.user().id()) && entry.getKey().startsWith(prefix)) {
        own.add(entry);
      }
    }
    List<Map.Entry<String, BucketRecord>> page = own.subList(0, Math.min(max, own.size()));
    XmlWriter xml = XmlWriter.root("ListAllMyBucketsResult");
    xml.owner("Owner", call.user());
    xml.start("Buckets");
    page.forEach(entry ->
        xml.start("Bucket")
            .text("Name", entry.getKey())
            .text("CreationDate", ObjectHeaders.xmlDate(entry.getValue().created()))
            .end());
    xml.end();
    if (page.size() < own.size() && !page.isEmpty()) {
      xml.text("ContinuationToken", ListOperations.toToken(page.getLast().getKey()));
    }
    if (!prefix.isEmpty()) {
      xml.text("Prefix", prefix);
    }
    return Answer.document(xml);
  }

  private static void requireSomebody(Call call) throws S3Exception {
    if (call.user().anonymous()) {
      throw S3Error.AccessDenied.exception();
    }
  }

  Answer create(Call call) throws IOException {
    requireSomebody(call);
    requireValidName(call.bucket());
    ObjectHeaders.refuseUnsupported(call.request());
    if (call.contentLength() > 0) {
      // Where it would be is of no matter here, but the document has to be one.
      call.document("CreateBucketConfiguration");
    }
    String owner = call.user().id();
    Acl acl = new AclRequest(users).ofHeaders(call.request(), owner, owner).orElse(Acl.of(owner));
    buckets.createBucket(
        call.bucket(), BucketRecord.of(clock.instant(), owner, acl), coding(call.request()));
    return Answer.empty(200, Map.of("location", "/" + call.bucket()));
  }

  private static Coding coding(S3Request request) throws S3Exception {
    Optional<String> shape = request.header(BucketShape.HEADER);
    Optional<String> packing = request.header(BucketPacking.HEADER);
    return new Coding(
        shape.isPresent() ? Optional.of(BucketShape.parse(shape.get())) : Optional.empty(),
        packing.isPresent() ? Optional.of(BucketPacking.parse(packing.get())) : Optional.empty());
  }

  Answer head(Call call) throws S3Exception {
    access.bucket(call, "s3:ListBucket");
    var headers = new TreeMap<>(Map.of("x-amz-bucket-region", config.region()));
    Coding coding = buckets.coding(call.bucket());
    coding.shape().ifPresent(shape -> headers.put(BucketShape.HEADER, BucketShape.text(shape)));
    coding
        .packing()
        .ifPresent(packing -> headers.put(BucketPacking.HEADER, BucketPacking.text(packing)));
    return Answer.empty(200, headers);
  }

  Answer delete(Call call) throws S3Exception {
    access.bucket(call, "s3:DeleteBucket");
    buckets.deleteBucket(call.bucket());
    return Answer.empty(204);
  }

  Answer location(Call call) throws S3Exception {
    access.bucket(call, "s3:GetBucketLocation");
    XmlWriter xml = XmlWriter.leaf("LocationConstraint", locationConstraint());
    return Answer.document(xml);
  }

  /** The oldest region has no name there. */
  private String locationConstraint() {
    return config.region().equals("us-east-1") ? "" : config.region();
  }

  Answer versioning(Call call) throws S3Exception {
    BucketRecord bucket = access.bucket(call, "s3:GetBucketVersioning");
    XmlWriter xml = XmlWriter.root("VersioningConfiguration");
    if (bucket.versioning() != BucketRecord.Versioning.OFF) {
      xml.text("Status", bucket.versioning().status());
    }
    return Answer.document(xml);
  }

  Answer putVersioning(Call call) throws IOException {
    access.bucket(call, "s3:PutBucketVersioning");
    XmlNode document = call.document("VersioningConfiguration");
    if (document.child("MfaDelete").orElse("Disabled").equals("Enabled")) {
      throw S3Error.NotImplemented.exception("MfaDelete is not implemented.");
    }
    BucketRecord.Versioning wanted =
        switch (document.child("Status").orElse("").strip()) {
          case "Enabled" -> BucketRecord.Versioning.ENABLED;
          case "Suspended" -> BucketRecord.Versioning.SUSPENDED;
          default -> throw S3Error.MalformedXML.exception();
        };
    buckets.changeBucket(call.bucket(), bucket -> bucket.withVersioning(wanted));
    return Answer.empty(200);
  }

  Answer tags(Call call) throws S3Exception {
    BucketRecord bucket = access.bucket(call, "s3:GetBucketTagging");
    if (bucket.tags().isEmpty()) {
      throw S3Error.NoSuchTagSet.exception();
    }
    return Answer.document(Tags.write(bucket.tags()));
  }

  Answer putTags(Call call) throws IOException {
    access.bucket(call, "s3:PutBucketTagging");
    var tags = Tags.ofDocument(call.document("Tagging"), Tags.MAX_BUCKET_TAGS);
    buckets.changeBucket(call.bucket(), bucket -> bucket.withTags(tags));
    return Answer.empty(204);
  }

  Answer deleteTags(Call call) throws S3Exception {
    access.bucket(call, "s3:PutBucketTagging");
    buckets.changeBucket(call.bucket(), bucket -> bucket.withTags(new TreeMap<>()));
    return Answer.empty(204);
  }

  Answer policy(Call call) throws S3Exception {
    BucketRecord bucket = access.bucket(call, "s3:GetBucketPolicy");
    if (bucket.policy().isEmpty()) {
      throw S3Error.NoSuchBucketPolicy.exception();
    }
    return Answer.json(bucket.policy());
  }

  Answer policyStatus(Call call) throws S3Exception {
    BucketRecord bucket = access.bucket(call, "s3:GetBucketPolicyStatus");
    if (bucket.policy().isEmpty()) {
      throw S3Error.NoSuchBucketPolicy.exception();
    }
    Policy policy = Policy.parse(bucket.policy().getBytes(StandardCharsets.UTF_8), call.bucket());
    return Answer.document(XmlWriter.root("PolicyStatus").flag("IsPublic", policy.publicly()));
  }

  Answer putPolicy(Call call) throws IOException {
    access.bucket(call, "s3:PutBucketPolicy");
    byte[] document = call.body(Optional.empty()).readDocument(Call.MAX_DOCUMENT_BYTES);
    Policy.parse(document, call.bucket());
    String text = new String(document, StandardCharsets.UTF_8);
    buckets.changeBucket(call.bucket(), bucket -> bucket.withPolicy(text));
    return Answer.empty(204);
  }

  Answer deletePolicy(Call call) throws S3Exception {
    access.bucket(call, "s3:DeleteBucketPolicy");
    buckets.changeBucket(call.bucket(), bucket -> bucket.withPolicy(""));
    return Answer.empty(204);
  }

  Answer cors(Call call) throws S3Exception {
    BucketRecord bucket = access.bucket(call, "s3:GetBucketCORS");
    if (bucket.cors().isEmpty()) {
      throw S3Error.NoSuchCORSConfiguration.exception();
    }
    return Answer.document(Cors.parse(bucket.cors().getBytes(StandardCharsets.UTF_8)).write());
  }

  Answer putCors(Call call) throws IOException {
    access.bucket(call, "s3:PutBucketCORS");
    byte[] document = call.body(Optional.empty()).readDocument(Cors.MAX_BYTES);
    String text = new String(Cors.parse(document).write().bytes(), StandardCharsets.UTF_8);
    buckets.changeBucket(call.bucket(), bucket -> bucket.withCors(text));
    return Answer.empty(200);
  }

  Answer deleteCors(Call call) throws S3Exception {
    access.bucket(call, "s3:PutBucketCORS");
    buckets.changeBucket(call.bucket(), bucket -> bucket.withCors(""));
    return Answer.empty(204);
  }

  /** What is never configured, told as S3 tells it. */
  Answer never(Call call, S3Error error) throws S3Exception {
    access.bucket(call, "s3:GetBucketAcl");
    throw error.exception();
  }

  Answer requestPayment(Call call) throws S3Exception {
    access.bucket(call, "s3:GetBucketRequestPayment");
    return Answer.document(
        XmlWriter.root("RequestPaymentConfiguration").text("Payer", "BucketOwner"));
  }
}

package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is kept beside an object's bytes and can be asked for and changed: its tags and lists. */
final class ObjectConfiguration {
  private static final int MAX_LISTED = 1000;

  private final Buckets buckets;
  private final Access access;
  private final Users users;
  private final AclRequest lists;

  ObjectConfiguration(Buckets buckets, Access access, Users users) {
    this.buckets = buckets;
    this.access = access;
    this.users = users;
    this.lists = new AclRequest(users);
  }

  /** The object, for a caller who may do this with it. */
  private ObjectRecord object(Call call, String action) throws S3Exception {
    ObjectRecord object;
    try {
      object = buckets.get(call.bucket(), call.key(), call.version());
    } catch (S3Exception e) {
      throw access.missing(call, call.bucket(), e);
    }
    access.object(call, action, call.bucket(), call.key(), object);
    return object;
  }

  Answer tags(Call call) throws S3Exception {
    ObjectRecord object = object(call, "s3:GetObjectTagging");
    return Answer.document(Tags.write(object.owned().tags()), ObjectHeaders.versionOf(object));
  }

  Answer putTags(Call call) throws IOException {
    object(call, "s3:PutObjectTagging");
    return changeTags(call, Tags.ofDocument(call.document("Tagging"), Tags.MAX_OBJECT_TAGS), 200);
  }

  Answer deleteTags(Call call) throws S3Exception {
    object(call, "s3:DeleteObjectTagging");
    return changeTags(call, new TreeMap<>(), 204);
  }

  private Answer changeTags(Call call, SortedMap<String, String> tags, int status)
      throws S3Exception {
    ObjectRecord changed =
        buckets.changeObject(
            call.bucket(),
            call.key(),
            call.version(),
            object ->
                object.withOwned(
                    new ObjectRecord.Owned(object.owned().owner(), object.owned().acl(), tags)));
    return Answer.empty(status, ObjectHeaders.versionOf(changed));
  }

  Answer acl(Call call) throws S3Exception {
    ObjectRecord.Owned owned = object(call, "s3:GetObjectAcl").owned();
    return write(owned.owner(), owned.acl());
  }

  Answer bucketAcl(Call call) throws S3Exception {
    BucketRecord bucket = access.bucket(call, "s3:GetBucketAcl");
    return write(bucket.owner(), bucket.acl());
  }

  private Answer write(String owner, Acl acl) {
    XmlWriter xml = XmlWriter.root("AccessControlPolicy");
    xml.owner("Owner", users.shown(owner)).start("AccessControlList");
    for (Acl.Grant grant : acl.grants()) {
      xml.start("Grant");
      if (grant.grantee().kind() == Acl.Kind.USER) {
        User user = users.shown(grant.grantee().id());
        xml.grantee("CanonicalUser").text("ID", user.id()).text("DisplayName", user.name()).end();
      } else {
        xml.grantee("Group").text("URI", grant.grantee().kind().uri()).end();
      }
      xml.text("Permission", grant.permission().name()).end();
    }
    return Answer.document(xml);
  }

  Answer putAcl(Call call) throws IOException {
    ObjectRecord.Owned owned = object(call, "s3:PutObjectAcl").owned();
    String bucketOwner = buckets.bucket(call.bucket()).owner();
    Acl acl = wanted(call, owned.owner(), bucketOwner);
    ObjectRecord changed =
        buckets.changeObject(
            call.bucket(),
            call.key(),
            call.version(),
            object ->
                object.withOwned(
                    new ObjectRecord.Owned(owned.owner(), acl, object.owned().tags())));
    return Answer.empty(200, ObjectHeaders.versionOf(changed));
  }

  Answer putBucketAcl(Call call) throws IOException {
    BucketRecord bucket = access.bucket(call, "s3:PutBucketAcl");
    Acl acl = wanted(call, bucket.owner(), bucket.owner());
    buckets.changeBucket(call.bucket(), present -> present.withAcl(acl));
    return Answer.empty(200);
  }

  private Acl wanted(Call call, String owner, String bucketOwner) throws IOException {
    Optional<Acl> inHeaders = lists.ofHeaders(call.request(), owner, bucketOwner);
    if (inHeaders.isPresent()) {
      return inHeaders.get();
    }
    return lists.ofDocument(call.document("AccessControlPolicy"), owner);
  }

  /** What an object is, without its bytes, as far as it is asked for. */
  Answer attributes(Call call) throws S3Exception {
    String action = call.version().isPresent() ? "s3:GetObjectVersion" : "s3:GetObject";
    ObjectRecord object = object(call, action);
    Set<String> asked =
        Arrays.stream(call.request().header("x-amz-object-attributes").orElse("").split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    if (asked.isEmpty()
        || !Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize")
            .containsAll(asked)) {
      throw S3Error.InvalidArgument.exception("Invalid attribute name specified.");
    }
    XmlWriter xml = XmlWriter.root("GetObjectAttributesResponse");
    if (asked.contains("ETag")) {
      xml.text("ETag", object.etag());
    }
    if (asked.contains("Checksum") && !object.checksums().isEmpty()) {
      xml.start("Checksum");
      MultipartOperations.checksums(xml, object.checksums());
      xml.text(
          "ChecksumType", object.checksums().getOrDefault("x-amz-checksum-type", "FULL_OBJECT"));
      xml.end();
    }
    if (asked.contains("ObjectParts") && object.multipart()) {
      parts(xml, call, object);
    }
    if (asked.contains("StorageClass")) {
      xml.text("StorageClass", "STANDARD");
    }
    if (asked.contains("ObjectSize")) {
      xml.number("ObjectSize", object.size());
    }
    var headers = ObjectHeaders.versionOf(object);
    headers.put("last-modified", ObjectHeaders.httpDate(object.modified()));
    return Answer.document(xml, headers);
  }

  private static void parts(XmlWriter xml, Call call, ObjectRecord object) throws S3Exception {
    int max = header(call, "x-amz-max-parts", MAX_LISTED);
    int after = header(call, "x-amz-part-number-marker", 0);
    List<Long> sizes = object.partSizes();
    int last = Math.min(sizes.size(), after + Math.min(max, MAX_LISTED));
    xml.start("ObjectParts")
        .number("TotalPartsCount", sizes.size())
        .number("PartNumberMarker", after)
        .number("NextPartNumberMarker", Math.max(last, after))
        .number("MaxParts", max)
        .flag("IsTruncated", last < sizes.size());
    for (int i = after; i < last; i++) {
      xml.start("Part").number("PartNumber", i + 1L).number("Size", sizes.get(i));
      String checksum = object.parts().isEmpty() ? "" : object.parts().get(i).checksum();
      if (!checksum.isEmpty()) {
        object.checksums().keySet().stream()
            .flatMap(name -> ChecksumAlgorithm.ofHeader(name).stream())
            .findFirst()
            .ifPresent(algorithm -> xml.text(algorithm.element(), checksum));
      }
      xml.end();
    }
    xml.end();
  }

  private static int header(Call call, String name, int otherwise) throws S3Exception {
    String text = call.request().header(name).orElse(Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 0 && number <= MultipartOperations.MAX_PARTS) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw S3Error.InvalidArgument.exception(name + " is not an integer.");
    }
    throw S3Error.InvalidArgument.exception(name + " is out of range.");
  }
}

package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Uploads in parts. */
final class MultipartOperations {
  static final int MAX_PARTS = 10_000;

  /** 5 GiB, the bound of S3. */
  static final long MAX_PART_BYTES = 5L << 30;

  private static final int UPLOAD_ID_BYTES = Uploads.ID_CHARS / 2;
  private static final int MAX_LISTED = 1000;

  private final Buckets buckets;
  private final Access access;
  private final Users users;
  private final Preparing preparing;
  private final ObjectStore store;
  private final InstantSource clock;
  private final RandomGenerator random;

  MultipartOperations(
      Buckets buckets,
      Access access,
      Users users,
      Preparing preparing,
      ObjectStore store,
      InstantSource clock,
      RandomGenerator random) {
    this.buckets = buckets;
    this.access = access;
    this.users = users;
    this.preparing = preparing;
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  Answer create(Call call) throws S3Exception {
    S3Request request = call.request();
    BucketRecord bucket = access.key(call, "s3:PutObject", call.key());
    ObjectHeaders.refuseUnsupported(request);
    Optional<String> name = request.header("x-amz-checksum-algorithm");
    Optional<ChecksumAlgorithm> algorithm = name.flatMap(ChecksumAlgorithm::named);
    if (name.isPresent() && algorithm.isEmpty()) {
      throw S3Error.InvalidRequest.exception("Unknown checksum algorithm.");
    }
    boolean full = fullObject(request, algorithm);
    byte[] idBytes = new byte[UPLOAD_ID_BYTES];
    random.nextBytes(idBytes);
    String id = HexFormat.of().formatHex(idBytes);
    buckets.createUpload(
        call.bucket(),
        call.key(),
        id,
        new UploadRecord(
            clock.instant(),
            ObjectHeaders.kept(request),
            algorithm.map(Enum::name).orElse(""),
            full,
            preparing.owned(call, bucket)));
    XmlWriter xml = XmlWriter.root("InitiateMultipartUploadResult");
    xml.text("Bucket", call.bucket()).text("Key", call.key()).text("UploadId", id);
    var headers = new TreeMap<String, String>();
    algorithm.ifPresent(a -> {
      headers.put("x-amz-checksum-algorithm", a.name());
      headers.put("x-amz-checksum-type", full ? "FULL_OBJECT" : "COMPOSITE");
    });
    return Answer.document(xml, headers);
  }

  private static boolean fullObject(S3Request request, Optional<ChecksumAlgorithm> algorithm)
      throws S3Exception {
    Optional<String> type = request.header("x-amz-checksum-type");
    boolean onlyFull = algorithm.equals(Optional.of(ChecksumAlgorithm.CRC64NVME));
    boolean full = type.isPresent() ? type.get().equals("FULL_OBJECT") : onlyFull;
    boolean possible = full ? algorithm.flatMap(ChecksumAlgorithm::joining).isPresent() : !onlyFull;
    if (algorithm.isPresent() && !possible) {
      throw S3Error.InvalidRequest.exception(
          "The checksum type cannot be used with this checksum algorithm.");
    }
    return full;
  }

  static int partNumber(Call call) throws S3Exception {
    int number = call.number("partNumber", 0, Integer.MAX_VALUE);
    if (number < 1 || number > MAX_PARTS) {
      throw S3Error.InvalidArgument.exception(
          "Part number must be an integer between 1 and " + MAX_PARTS + ", inclusive");
    }
    return number;
  }

  Answer uploadPart(Call call, int number, String id) throws IOException {
    access.key(call, "s3:PutObject", call.key());
    UploadRecord upload = buckets.upload(call.bucket(), call.key(), id);
    Body body = call.body(upload.algorithm());
    List<Stored> stored =
        new Uploading(store, buckets.coding(call.bucket())).store(body, MAX_PART_BYTES);
    var part =
        new UploadRecord.Part(
            number,
            List.of(),
            HexFormat.of().formatHex(body.md5()),
            clock.instant(),
            body.checksums());
    buckets.putPart(call.bucket(), call.key(), id, part, stored);
    var headers = new TreeMap<>(part.checksums());
    headers.put("etag", "\"" + part.etag() + "\"");
    return Answer.empty(200, headers);
  }

  Answer complete(Call call, String id) throws IOException {
    S3Request request = call.request();
    access.key(call, "s3:PutObject", call.key());
    Buckets.Condition condition = Preconditions.forWriting(request);
    buckets.upload(call.bucket(), call.key(), id);
    Completion completion =
        Completion.of(
            call.documentAlone("CompleteMultipartUpload"),
            request.headers(),
            clock.instant(),
            preparing.token());
    ObjectRecord object =
        buckets.completeUpload(call.bucket(), call.key(), id, condition, completion);
    XmlWriter xml = XmlWriter.root("CompleteMultipartUploadResult");
    xml.text("Location", "/" + call.bucket() + "/" + Percent.encodePath(call.key()))
        .text("Bucket", call.bucket())
        .text("Key", call.key())
        .quoted("ETag", object.etag());
    checksums(xml, object.checksums());
    Optional.ofNullable(object.checksums().get("x-amz-checksum-type"))
        .ifPresent(type -> xml.text("ChecksumType", type));
    return Answer.document(xml, ObjectHeaders.versionOf(object));
  }

  static void checksums(XmlWriter xml, SortedMap<String, String> checksums) {
    checksums.forEach((header, value) ->
        ChecksumAlgorithm.ofHeader(header).ifPresent(a -> xml.text(a.element(), value)));
  }

  Answer abort(Call call, String id) throws S3Exception {
    access.key(call, "s3:AbortMultipartUpload", call.key());
    buckets.abortUpload(call.bucket(), call.key(), id);
    return Answer.empty(204);
  }

  Answer listParts(Call call, String id) throws S3Exception {
    access.key(call, "s3:ListMultipartUploadParts", call.key());
    UploadRecord upload = buckets.upload(call.bucket(), call.key(), id);
    int after = call.number("part-number-marker", 0, Integer.MAX_VALUE - 1);
    int max = call.number("max-parts", MAX_LISTED, MAX_LISTED);
    List<UploadRecord.Part> rest =
        List.copyOf(buckets.parts(call.bucket(), call.key(), id).tailMap(after + 1).values());
    List<UploadRecord.Part> page = rest.subList(0, Math.min(max, rest.size()));
    XmlWriter xml = XmlWriter.root("ListPartsResult");
    xml.text("Bucket", call.bucket()).text("Key", call.key()).text("UploadId", id);
    owners(xml, upload);
    xml.text("StorageClass", "STANDARD").number("PartNumberMarker", after);
    if (!page.isEmpty()) {
      xml.number("NextPartNumberMarker", page.getLast().number());
    }
    xml.number("MaxParts", max).flag("IsTruncated", page.size() < rest.size());
    upload.algorithm().ifPresent(a -> xml.text("ChecksumAlgorithm", a.name()));
    for (UploadRecord.Part part : page) {
      xml.start("Part")
          .number("PartNumber", part.number())
          .text("LastModified", ObjectHeaders.xmlDate(part.modified()))
          .quoted("ETag", part.etag())
          .number("Size", part.size());
      checksums(xml, part.checksums());
      xml.end();
    }
    return Answer.document(xml);
  }

  /** Who began it will own what it becomes. */
  private void owners(XmlWriter xml, UploadRecord upload) {
    User user = users.shown(upload.owned().owner());
    xml.owner("Initiator", user).owner("Owner", user);
  }

  Answer listUploads(Call call) throws S3Exception {
    access.bucket(call, "s3:ListBucketMultipartUploads");
    S3Request request = call.request();
    String prefix = request.parameter("prefix").orElse("");
    String delimiter = request.parameter("delimiter").orElse("");
    String keyMarker = request.parameter("key-marker").orElse("");
    String idMarker = request.parameter("upload-id-marker").orElse("");
    int max = call.number("max-uploads", MAX_LISTED, MAX_LISTED);
    ListOperations.Names names = ListOperations.Names.of(request);
    UploadPage page =
        UploadPage.of(buckets.uploads(call.bucket()), prefix, delimiter, keyMarker, idMarker, max);
    XmlWriter xml = XmlWriter.root("ListMultipartUploadsResult");
    xml.text("Bucket", call.bucket())
        .text("KeyMarker", names.write(keyMarker))
        .text("UploadIdMarker", idMarker)
        .text("Prefix", names.write(prefix))
        .text("Delimiter", names.write(delimiter));
    if (names.url()) {
      xml.text("EncodingType", "url");
    }
    if (page.truncated()) {
      xml.text("NextKeyMarker", names.write(page.nextKey()));
      xml.text("NextUploadIdMarker", page.nextId());
    }
    xml.number("MaxUploads", max).flag("IsTruncated", page.truncated());
    for (UploadRecord.Named named : page.uploads()) {
      xml.start("Upload").text("Key", names.write(named.key())).text("UploadId", named.id());
      owners(xml, named.upload());
      xml.text("StorageClass", "STANDARD")
          .text("Initiated", ObjectHeaders.xmlDate(named.upload().initiated()))
          .end();
    }
    for (String common : page.commonPrefixes()) {
      xml.start("CommonPrefixes").text("Prefix", names.write(common)).end();
    }
    return Answer.document(xml);
  }
}

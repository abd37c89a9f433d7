package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writing, reading and deleting objects. */
final class ObjectOperations {
  /** 5 TiB, the bound of S3. */
  static final long MAX_OBJECT_BYTES = 5L << 40;

  private static final int MAX_DELETES = 1000;
  private static final String OVERRIDE = "response-";
  private static final List<String> OVERRIDABLE =
      List.of(
          "content-type",
          "content-language",
          "expires",
          "cache-control",
          "content-disposition",
          "content-encoding");

  private final Buckets buckets;
  private final ObjectStore store;
  private final InstantSource clock;

  ObjectOperations(Buckets buckets, ObjectStore store, InstantSource clock) {
    this.buckets = buckets;
    this.store = store;
    this.clock = clock;
  }

  Answer put(Call call) throws IOException {
    ObjectHeaders.refuseUnsupported(call.request());
    SortedMap<String, String> headers = ObjectHeaders.kept(call.request());
    Buckets.Condition condition = Preconditions.forWriting(call.request());
    buckets.check(call.bucket(), call.key(), condition);
    Body body = call.body(wanted(call.request()));
    List<Stored> stored =
        new Uploading(store, buckets.shape(call.bucket())).store(body, MAX_OBJECT_BYTES);
    String etag = HexFormat.of().formatHex(body.md5());
    SortedMap<String, String> checksums = new TreeMap<>(body.checksums());
    if (!checksums.isEmpty()) {
      checksums.put("x-amz-checksum-type", "FULL_OBJECT");
    }
    buckets.put(
        call.bucket(),
        call.key(),
        new ObjectRecord(List.of(), etag, clock.instant(), headers, checksums),
        stored,
        condition);
    var answer = new TreeMap<>(checksums);
    answer.put("etag", "\"" + etag + "\"");
    return Answer.empty(200, answer);
  }

  private static Optional<ChecksumAlgorithm> wanted(S3Request request) {
    return request.header("x-amz-sdk-checksum-algorithm").flatMap(ChecksumAlgorithm::named);
  }

  Answer get(Call call) throws IOException {
    Buckets.Reading reading = buckets.read(call.bucket(), call.key());
    try {
      return answer(call, reading.object(), true, reading);
    } catch (S3Exception | RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  Answer head(Call call) throws IOException {
    try (Buckets.Reading reading = buckets.read(call.bucket(), call.key())) {
      return answer(call, reading.object(), false, reading);
    }
  }

  private Answer answer(Call call, ObjectRecord object, boolean content, Buckets.Reading reading)
      throws S3Exception {
    S3Request request = call.request();
    try {
      Preconditions.forReading(request, object);
    } catch (S3Exception e) {
      if (e.error() != S3Error.NotModified) {
        throw e;
      }
      reading.close();
      return Answer.empty(304, ObjectHeaders.of(object));
    }
    long size = object.size();
    SortedMap<String, String> headers = ObjectHeaders.of(object);
    override(request, headers);
    Optional<ByteRange> range = range(call, object, headers);
    if (range.isPresent()) {
      headers.put("content-range", range.get().contentRange(size));
    } else if (request.header("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED")) {
      headers.putAll(object.checksums());
    }
    ByteRange served = range.orElse(new ByteRange(0, size));
    headers.put("content-length", Long.toString(served.length()));
    return new Answer(
        range.isPresent() ? 206 : 200,
        headers,
        content
            ? new Answer.Content.Stream(served.length(), new ObjectSource(reading, store, served))
            : new Answer.Content.None());
  }

  private static void override(S3Request request, Map<String, String> headers) throws S3Exception {
    for (String name : OVERRIDABLE) {
      Optional<String> value = request.parameter(OVERRIDE + name);
      if (value.isPresent()) {
        S3Request.requirePrintable(value.get());
        headers.put(name, value.get());
      }
    }
  }

  private static Optional<ByteRange> range(
      Call call, ObjectRecord object, Map<String, String> headers) throws S3Exception {
    Optional<String> range = call.request().header("range");
    if (!call.request().has("partNumber")) {
      return range.isPresent() ? ByteRange.parse(range.get(), object.size()) : Optional.empty();
    }
    if (range.isPresent()) {
      throw S3Error.InvalidRequest.exception("Cannot specify both Range header and partNumber.");
    }
    int part = call.number("partNumber", 0, Integer.MAX_VALUE);
    int parts = object.multipart() ? object.blobs().size() : 1;
    if (part < 1 || part > parts) {
      throw S3Error.InvalidPart.exception("The object has " + parts + " parts.");
    }
    if (!object.multipart()) {
      return Optional.empty();
    }
    headers.put("x-amz-mp-parts-count", Integer.toString(parts));
    long from = object.blobs().stream().limit(part - 1L).mapToLong(ObjectRecord.Blob::length).sum();
    return Optional.of(new ByteRange(from, object.blobs().get(part - 1).length()));
  }

  /** There are never any. */
  Answer tags(Call call) throws S3Exception {
    buckets.get(call.bucket(), call.key());
    return Answer.document(XmlWriter.root("Tagging").start("TagSet"));
  }

  Answer delete(Call call) throws S3Exception {
    buckets.delete(call.bucket(), List.of(call.key()));
    return Answer.empty(204);
  }

  Answer deleteAll(Call call) throws IOException {
    buckets.requireBucket(call.bucket());
    XmlNode document = call.document("Delete");
    List<XmlNode> objects = document.all("Object");
    if (objects.isEmpty() || objects.size() > MAX_DELETES) {
      throw S3Error.MalformedXML.exception(
          "Between 1 and " + MAX_DELETES + " objects can be deleted at once.");
    }
    boolean quiet = document.child("Quiet").orElse("false").strip().equals("true");
    XmlWriter xml = XmlWriter.root("DeleteResult");
    var keys = new ArrayList<String>();
    for (XmlNode object : objects) {
      String key = object.child("Key").orElseThrow(S3Error.MalformedXML::exception);
      String version = object.child("VersionId").orElse("null");
      if (version.equals("null") || version.isEmpty()) {
        keys.add(key);
        if (!quiet) {
          xml.start("Deleted").text("Key", key).end();
        }
      } else {
        xml.start("Error")
            .text("Key", key)
            .text("VersionId", version)
            .text("Code", S3Error.NoSuchVersion.name())
            .text("Message", S3Error.NoSuchVersion.message())
            .end();
      }
    }
    buckets.delete(call.bucket(), keys);
    return Answer.document(xml);
  }
}

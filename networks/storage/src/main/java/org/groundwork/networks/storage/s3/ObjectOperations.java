package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writing and reading objects. */
final class ObjectOperations {
  /** 5 TiB, the bound of S3. */
  static final long MAX_OBJECT_BYTES = 5L << 40;

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
  private final Access access;
  private final Preparing preparing;
  private final ObjectStore store;
  private final InstantSource clock;

  ObjectOperations(
      Buckets buckets, Access access, Preparing preparing, ObjectStore store, InstantSource clock) {
    this.buckets = buckets;
    this.access = access;
    this.preparing = preparing;
    this.store = store;
    this.clock = clock;
  }

  Answer put(Call call) throws IOException {
    return put(call, access.key(call, "s3:PutObject", call.key()));
  }

  /** Writes for a caller who may. */
  Answer put(Call call, BucketRecord bucket) throws IOException {
    ObjectHeaders.refuseUnsupported(call.request());
    SortedMap<String, String> headers = ObjectHeaders.kept(call.request());
    ObjectRecord.Owned owned = preparing.owned(call, bucket);
    Buckets.Condition condition = Preconditions.forWriting(call.request());
    buckets.check(call.bucket(), call.key(), condition);
    Body body = call.body(wanted(call.request()));
    List<Stored> stored =
        new Uploading(store, buckets.coding(call.bucket())).store(body, MAX_OBJECT_BYTES);
    SortedMap<String, String> checksums = new TreeMap<>(body.checksums());
    if (!checksums.isEmpty()) {
      checksums.put("x-amz-checksum-type", "FULL_OBJECT");
    }
    ObjectRecord object =
        buckets.put(
            call.bucket(),
            call.key(),
            new ObjectRecord(
                List.of(),
                HexFormat.of().formatHex(body.md5()),
                clock.instant(),
                headers,
                checksums,
                List.of(),
                owned,
                preparing.token()),
            stored,
            condition);
    var answer = new TreeMap<>(checksums);
    answer.putAll(ObjectHeaders.versionOf(object));
    answer.put("etag", "\"" + object.etag() + "\"");
    return Answer.empty(200, answer);
  }

  private static Optional<ChecksumAlgorithm> wanted(S3Request request) {
    return request.header("x-amz-sdk-checksum-algorithm").flatMap(ChecksumAlgorithm::named);
  }

  Answer get(Call call) throws IOException {
    ObjectReading reading = read(call, "s3:GetObject");
    try {
      return answer(call, reading.object(), true, reading);
    } catch (S3Exception | RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  Answer head(Call call) throws IOException {
    try (ObjectReading reading = read(call, "s3:GetObject")) {
      return answer(call, reading.object(), false, reading);
    }
  }

  /** Begins to read for a caller who may: what is checked is what is read. */
  private ObjectReading read(Call call, String action) throws S3Exception {
    ObjectReading reading;
    try {
      reading = buckets.read(call.bucket(), call.key(), call.version());
    } catch (S3Exception e) {
      throw access.missing(call, call.bucket(), e);
    }
    try {
      String asked = call.version().isPresent() ? action + "Version" : action;
      access.object(call, asked, call.bucket(), call.key(), reading.object());
      return reading;
    } catch (S3Exception | RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  private Answer answer(Call call, ObjectRecord object, boolean content, ObjectReading reading)
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
    override(call, headers);
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

  private static void override(Call call, Map<String, String> headers) throws S3Exception {
    for (String name : OVERRIDABLE) {
      Optional<String> value = call.request().parameter(OVERRIDE + name);
      if (value.isPresent()) {
        if (call.user().anonymous()) {
          throw S3Error.InvalidRequest.exception(
              "Request specific response headers cannot be used for anonymous GET requests.");
        }
        S3Request.requirePrintable(value.get());
        headers.put(name, HeaderBytes.of(value.get()));
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
    List<Long> sizes = object.multipart() ? object.partSizes() : List.of(object.size());
    if (part < 1 || part > sizes.size()) {
      throw S3Error.InvalidPart.exception("The object has " + sizes.size() + " parts.");
    }
    if (!object.multipart()) {
      return Optional.empty();
    }
    headers.put("x-amz-mp-parts-count", Integer.toString(sizes.size()));
    long from = sizes.stream().limit(part - 1L).mapToLong(Long::longValue).sum();
    long length = sizes.get(part - 1);
    return length == 0 ? Optional.empty() : Optional.of(new ByteRange(from, length));
  }
}

package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds the operation that a request asks for. Knows nothing of connections. */
final class S3Api {
  /** Questions about a bucket or object that are answered with NotImplemented. */
  private static final Set<String> NOT_IMPLEMENTED =
      Set.of(
          "accelerate",
          "analytics",
          "attributes",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "website");

  private final BucketOperations bucketOperations;
  private final ListOperations lists;
  private final ObjectOperations objects;
  private final CopyOperations copies;
  private final MultipartOperations multiparts;

  S3Api(
      Buckets buckets,
      ObjectStore store,
      S3Config config,
      InstantSource clock,
      RandomGenerator random) {
    bucketOperations = new BucketOperations(buckets, config, clock);
    lists = new ListOperations(buckets, config);
    objects = new ObjectOperations(buckets, store, clock);
    copies = new CopyOperations(buckets, store, clock);
    multiparts = new MultipartOperations(buckets, store, config, clock, random);
  }

  Answer answer(Call call) throws IOException {
    S3Request request = call.request();
    for (S3Request.Parameter parameter : request.query()) {
      if (NOT_IMPLEMENTED.contains(parameter.name()) && !asksForTags(call)) {
        throw notImplemented(parameter.name());
      }
    }
    if (call.bucket().isEmpty()) {
      if (!call.key().isEmpty()) {
        throw S3Error.InvalidBucketName.exception();
      }
      if (request.method().equals("GET")) {
        return bucketOperations.listBuckets();
      }
      throw S3Error.MethodNotAllowed.exception();
    }
    return call.key().isEmpty() ? ofBucket(call) : ofObject(call);
  }

  /** Clients ask before they copy in parts; that there are none is a true answer. */
  private static boolean asksForTags(Call call) {
    return call.request().has("tagging")
        && call.request().method().equals("GET")
        && !call.key().isEmpty();
  }

  private static S3Exception notImplemented(String what) {
    return S3Error.NotImplemented.exception(what + " is not implemented.");
  }

  private Answer ofBucket(Call call) throws IOException {
    S3Request request = call.request();
    return switch (request.method()) {
      case "GET" -> getBucket(call);
      case "HEAD" -> bucketOperations.head(call);
      case "PUT" -> {
        refuse(request, List.of("versioning", "acl"));
        yield bucketOperations.create(call);
      }
      case "DELETE" -> bucketOperations.delete(call);
      case "POST" -> {
        if (request.has("delete")) {
          yield objects.deleteAll(call);
        }
        throw notImplemented("POST to a bucket");
      }
      default -> throw S3Error.MethodNotAllowed.exception();
    };
  }

  private Answer getBucket(Call call) throws IOException {
    S3Request request = call.request();
    if (request.has("location")) {
      return bucketOperations.location(call);
    }
    if (request.has("versioning")) {
      return bucketOperations.versioning(call);
    }
    if (request.has("acl")) {
      return bucketOperations.acl(call);
    }
    if (request.has("uploads")) {
      return multiparts.listUploads(call);
    }
    if (request.has("versions")) {
      return lists.versions(call);
    }
    return request.parameter("list-type").equals(Optional.of("2"))
        ? lists.versionTwo(call)
        : lists.versionOne(call);
  }

  private Answer ofObject(Call call) throws IOException {
    S3Request request = call.request();
    if (call.key().getBytes(StandardCharsets.UTF_8).length > S3Request.MAX_KEY_BYTES) {
      throw S3Error.KeyTooLongError.exception();
    }
    if (!request.parameter("versionId").orElse("null").equals("null")) {
      throw S3Error.NoSuchVersion.exception();
    }
    Optional<String> upload = request.parameter("uploadId");
    return switch (request.method()) {
      case "GET" -> getObject(call, upload);
      case "HEAD" -> objects.head(call);
      case "PUT" -> putObject(call, upload);
      case "DELETE" ->
          upload.isPresent() ? multiparts.abort(call, upload.get()) : objects.delete(call);
      case "POST" -> postObject(call, upload);
      default -> throw S3Error.MethodNotAllowed.exception();
    };
  }

  private Answer getObject(Call call, Optional<String> upload) throws IOException {
    if (call.request().has("acl")) {
      return bucketOperations.acl(call);
    }
    if (asksForTags(call)) {
      return objects.tags(call);
    }
    return upload.isPresent() ? multiparts.listParts(call, upload.get()) : objects.get(call);
  }

  private Answer putObject(Call call, Optional<String> upload) throws IOException {
    S3Request request = call.request();
    refuse(request, List.of("acl"));
    boolean copy = request.header("x-amz-copy-source").isPresent();
    if (upload.isPresent()) {
      int number = MultipartOperations.partNumber(call);
      return copy
          ? copies.copyPart(call, number, upload.get())
          : multiparts.uploadPart(call, number, upload.get());
    }
    return copy ? copies.copyObject(call) : objects.put(call);
  }

  private Answer postObject(Call call, Optional<String> upload) throws IOException {
    if (call.request().has("uploads")) {
      return multiparts.create(call);
    }
    if (upload.isPresent()) {
      return multiparts.complete(call, upload.get());
    }
    throw notImplemented("POST to an object");
  }

  private static void refuse(S3Request request, List<String> parameters) throws S3Exception {
    for (String parameter : parameters) {
      if (request.has(parameter)) {
        throw notImplemented("Setting " + parameter);
      }
    }
  }
}

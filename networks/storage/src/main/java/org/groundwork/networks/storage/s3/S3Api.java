package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds the operation that a request asks for. Knows nothing of connections. */
final class S3Api {
  /** Parts of a bucket or object that are answered with NotImplemented. */
  private static final Set<String> NOT_IMPLEMENTED =
      Set.of(
          "accelerate",
          "analytics",
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
          "publicAccessBlock",
          "renameObject",
          "replication",
          "restore",
          "retention",
          "select",
          "session",
          "torrent",
          "website");

  /** What is never configured here: to ask for it has an answer. */
  private static final Map<String, S3Error> NEVER =
      Map.of(
          "encryption", S3Error.ServerSideEncryptionConfigurationNotFoundError,
          "lifecycle", S3Error.NoSuchLifecycleConfiguration,
          "object-lock", S3Error.ObjectLockConfigurationNotFoundError,
          "ownershipControls", S3Error.OwnershipControlsNotFoundError,
          "publicAccessBlock", S3Error.NoSuchPublicAccessBlockConfiguration,
          "replication", S3Error.ReplicationConfigurationNotFoundError,
          "website", S3Error.NoSuchWebsiteConfiguration);

  private final BucketOperations bucketOperations;
  private final ListOperations lists;
  private final ObjectOperations objects;
  private final ObjectConfiguration configuration;
  private final DeleteOperations deletes;
  private final CopyOperations copies;
  private final MultipartOperations multiparts;
  private final FormOperations forms;

  S3Api(
      Buckets buckets,
      ObjectStore store,
      Users users,
      S3Config config,
      InstantSource clock,
      RandomGenerator random) {
    var access = new Access(buckets, clock);
    var preparing = new Preparing(users, random);
    bucketOperations = new BucketOperations(buckets, access, users, config, clock);
    lists = new ListOperations(buckets, access, users);
    objects = new ObjectOperations(buckets, access, preparing, store, clock);
    configuration = new ObjectConfiguration(buckets, access, users);
    deletes = new DeleteOperations(buckets, access, preparing, clock);
    copies = new CopyOperations(buckets, access, preparing, store, clock);
    multiparts = new MultipartOperations(buckets, access, users, preparing, store, clock, random);
    forms = new FormOperations(access, objects, new Authenticator(users, clock), clock);
  }

  Answer answer(Call call) throws IOException {
    S3Request request = call.request();
    if (call.bucket().isEmpty()) {
      if (!call.key().isEmpty()) {
        throw S3Error.InvalidBucketName.exception();
      }
      if (request.method().equals("GET")) {
        return bucketOperations.listBuckets(call);
      }
      throw S3Error.MethodNotAllowed.exception();
    }
    for (S3Request.Parameter parameter : request.query()) {
      if (NOT_IMPLEMENTED.contains(parameter.name())) {
        Optional<S3Error> never = Optional.ofNullable(NEVER.get(parameter.name()));
        if (request.method().equals("GET") && call.key().isEmpty() && never.isPresent()) {
          return bucketOperations.never(call, never.get());
        }
        throw notImplemented(parameter.name());
      }
    }
    return call.key().isEmpty() ? ofBucket(call) : ofObject(call);
  }

  private static S3Exception notImplemented(String what) {
    return S3Error.NotImplemented.exception(what + " is not implemented.");
  }

  private Answer ofBucket(Call call) throws IOException {
    S3Request request = call.request();
    return switch (request.method()) {
      case "GET" -> getBucket(call);
      case "HEAD" -> bucketOperations.head(call);
      case "PUT" -> putBucket(call);
      case "DELETE" -> deleteBucket(call);
      case "POST" -> {
        if (request.has("delete")) {
          yield deletes.deleteAll(call);
        }
        if (FormOperations.isForm(request)) {
          yield forms.post(call);
        }
        throw notImplemented("POST to a bucket");
      }
      default -> throw S3Error.MethodNotAllowed.exception();
    };
  }

  /** The first parameter that names a part of a bucket or object; empty for the thing itself. */
  private static String part(S3Request request, Set<String> names) {
    return request.query().stream()
        .map(S3Request.Parameter::name)
        .filter(names::contains)
        .findFirst()
        .orElse("");
  }

  private Answer getBucket(Call call) throws IOException {
    Set<String> names =
        Set.of(
            "acl",
            "cors",
            "location",
            "policy",
            "policyStatus",
            "requestPayment",
            "tagging",
            "uploads",
            "versioning",
            "versions");
    return switch (part(call.request(), names)) {
      case "acl" -> configuration.bucketAcl(call);
      case "cors" -> bucketOperations.cors(call);
      case "location" -> bucketOperations.location(call);
      case "policy" -> bucketOperations.policy(call);
      case "policyStatus" -> bucketOperations.policyStatus(call);
      case "requestPayment" -> bucketOperations.requestPayment(call);
      case "tagging" -> bucketOperations.tags(call);
      case "uploads" -> multiparts.listUploads(call);
      case "versioning" -> bucketOperations.versioning(call);
      case "versions" -> lists.versions(call);
      default ->
          call.request().parameter("list-type").equals(Optional.of("2"))
              ? lists.versionTwo(call)
              : lists.versionOne(call);
    };
  }

  private Answer putBucket(Call call) throws IOException {
    Set<String> names = Set.of("acl", "cors", "policy", "requestPayment", "tagging", "versioning");
    return switch (part(call.request(), names)) {
      case "acl" -> configuration.putBucketAcl(call);
      case "cors" -> bucketOperations.putCors(call);
      case "policy" -> bucketOperations.putPolicy(call);
      case "requestPayment" -> throw notImplemented("Setting requestPayment");
      case "tagging" -> bucketOperations.putTags(call);
      case "versioning" -> bucketOperations.putVersioning(call);
      default -> bucketOperations.create(call);
    };
  }

  private Answer deleteBucket(Call call) throws IOException {
    return switch (part(call.request(), Set.of("cors", "policy", "tagging"))) {
      case "cors" -> bucketOperations.deleteCors(call);
      case "policy" -> bucketOperations.deletePolicy(call);
      case "tagging" -> bucketOperations.deleteTags(call);
      default -> bucketOperations.delete(call);
    };
  }

  private Answer ofObject(Call call) throws IOException {
    S3Request request = call.request();
    if (call.key().getBytes(StandardCharsets.UTF_8).length > S3Request.MAX_KEY_BYTES) {
      throw S3Error.KeyTooLongError.exception();
    }
    Optional<String> upload = request.parameter("uploadId");
    return switch (request.method()) {
      case "GET" -> getObject(call, upload);
      case "HEAD" -> objects.head(call);
      case "PUT" -> putObject(call, upload);
      case "DELETE" -> deleteObject(call, upload);
      case "POST" -> postObject(call, upload);
      default -> throw S3Error.MethodNotAllowed.exception();
    };
  }

  private Answer getObject(Call call, Optional<String> upload) throws IOException {
    return switch (part(call.request(), Set.of("acl", "attributes", "tagging"))) {
      case "acl" -> configuration.acl(call);
      case "attributes" -> configuration.attributes(call);
      case "tagging" -> configuration.tags(call);
      default -> upload.isPresent() ? multiparts.listParts(call, upload.get()) : objects.get(call);
    };
  }

  private Answer putObject(Call call, Optional<String> upload) throws IOException {
    S3Request request = call.request();
    switch (part(request, Set.of("acl", "tagging"))) {
      case "acl" -> {
        return configuration.putAcl(call);
      }
      case "tagging" -> {
        return configuration.putTags(call);
      }
      default -> {}
    }
    boolean copy = request.header("x-amz-copy-source").isPresent();
    if (upload.isPresent()) {
      int number = MultipartOperations.partNumber(call);
      return copy
          ? copies.copyPart(call, number, upload.get())
          : multiparts.uploadPart(call, number, upload.get());
    }
    return copy ? copies.copyObject(call) : objects.put(call);
  }

  private Answer deleteObject(Call call, Optional<String> upload) throws IOException {
    if (call.request().has("tagging")) {
      return configuration.deleteTags(call);
    }
    return upload.isPresent() ? multiparts.abort(call, upload.get()) : deletes.delete(call);
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
}

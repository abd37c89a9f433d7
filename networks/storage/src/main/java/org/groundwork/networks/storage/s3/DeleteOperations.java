package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Deleting objects and versions, one or many. */
final class DeleteOperations {
  private static final int MAX_DELETES = 1000;

  private final Buckets buckets;
  private final Access access;
  private final Preparing preparing;
  private final InstantSource clock;

  DeleteOperations(Buckets buckets, Access access, Preparing preparing, InstantSource clock) {
    this.buckets = buckets;
    this.access = access;
    this.preparing = preparing;
    this.clock = clock;
  }

  private static String action(Optional<String> version) {
    return version.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
  }

  private ObjectRecord marker(Call call) {
    return ObjectRecord.deleteMarker(clock.instant(), call.user().id(), preparing.token());
  }

  Answer delete(Call call) throws S3Exception {
    Optional<String> version = call.version();
    access.key(call, action(version), call.key());
    var doomed = new Buckets.Doomed(call.key(), version, Preconditions.forDeleting(call.request()));
    Optional<ObjectRecord> gone =
        buckets.delete(call.bucket(), List.of(doomed), marker(call)).getFirst();
    var headers = new TreeMap<String, String>();
    gone.ifPresent(object -> {
      headers.putAll(ObjectHeaders.versionOf(object));
      if (object.deleted()) {
        headers.put("x-amz-delete-marker", "true");
      }
    });
    version.ifPresent(id -> headers.put("x-amz-version-id", id));
    return Answer.empty(204, headers);
  }

  Answer deleteAll(Call call) throws IOException {
    BucketRecord bucket = buckets.bucket(call.bucket());
    XmlNode document = call.document("Delete");
    List<XmlNode> objects = document.all("Object");
    if (objects.isEmpty() || objects.size() > MAX_DELETES) {
      throw S3Error.MalformedXML.exception(
          "Between 1 and " + MAX_DELETES + " objects can be deleted at once.");
    }
    boolean quiet = document.child("Quiet").orElse("false").strip().equals("true");
    XmlWriter xml = XmlWriter.root("DeleteResult");
    var doomed = new ArrayList<Buckets.Doomed>();
    for (XmlNode object : objects) {
      String key = object.child("Key").orElseThrow(S3Error.MalformedXML::exception);
      Optional<String> version = object.child("VersionId").filter(id -> !id.isEmpty());
      Buckets.Condition condition = condition(object);
      try {
        if (!access.mayDo(call, bucket, action(version), key)) {
          throw S3Error.AccessDenied.exception();
        }
        condition.check(buckets.find(call.bucket(), key));
        doomed.add(new Buckets.Doomed(key, version, condition));
      } catch (S3Exception e) {
        error(xml, key, version, e);
      }
    }
    List<Optional<ObjectRecord>> gone = buckets.delete(call.bucket(), doomed, marker(call));
    for (int i = 0; i < doomed.size() && !quiet; i++) {
      deleted(xml, doomed.get(i), gone.get(i));
    }
    return Answer.document(xml);
  }

  private static Buckets.Condition condition(XmlNode object) throws S3Exception {
    Optional<String> etag = object.child("ETag").filter(tag -> !tag.isEmpty());
    return etag.isEmpty()
        ? Buckets.Condition.NONE
        : Preconditions.forDeleting(
            new S3Request("DELETE", "/", List.of(), new TreeMap<>(Map.of("if-match", etag.get()))));
  }

  private static void error(XmlWriter xml, String key, Optional<String> version, S3Exception e) {
    xml.start("Error").text("Key", key);
    version.ifPresent(id -> xml.text("VersionId", id));
    xml.text("Code", e.error().name()).text("Message", e.text()).end();
  }

  private static void deleted(XmlWriter xml, Buckets.Doomed doomed, Optional<ObjectRecord> gone) {
    xml.start("Deleted").text("Key", doomed.key());
    doomed.version().ifPresent(id -> xml.text("VersionId", id));
    if (gone.isPresent() && gone.get().deleted()) {
      xml.flag("DeleteMarker", true).text("DeleteMarkerVersionId", gone.get().version().id());
    }
    xml.end();
  }
}

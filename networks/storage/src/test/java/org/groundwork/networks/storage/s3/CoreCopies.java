package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Copies of objects, and into parts of an upload. */
final class CoreCopies {
  private static final String SOURCE = "x-amz-copy-source";
  private static final String RANGE = "x-amz-copy-source-range";
  private static final int MIB = 1 << 20;

  private CoreCopies() {}

  static void addTo(Behaviours all) {
    all.add("object_copy_zero_size", talk -> sameBucket(talk, new byte[0]));
    all.add("object_copy_16m", talk -> sameBucket(talk, Talk.bytes(16 * MIB, 2)));
    all.add("object_copy_same_bucket", talk -> sameBucket(talk, Talk.utf8("foo")));
    all.add("object_copy_verify_contenttype", CoreCopies::contentType);
    all.add("object_copy_to_itself", CoreCopies::toItself);
    all.add("object_copy_to_itself_with_metadata", CoreCopies::toItselfWithMetadata);
    all.add("object_copy_diff_bucket", CoreCopies::otherBucket);
    all.add("object_copy_not_owned_bucket", CoreCopies::notOwned);
    all.add("object_copy_not_owned_object_bucket", CoreCopies::granted);
    all.add("object_copy_retaining_metadata", talk -> metadata(talk, false));
    all.add("object_copy_replacing_metadata", talk -> metadata(talk, true));
    all.add(
        "object_copy_bucket_not_found",
        talk ->
            Talk.refused(
                copy(talk, Talk.newName() + "/foo", talk.bucket(), "bar"), 404, "NoSuchBucket"));
    all.add("object_copy_key_not_found", CoreCopies::keyNotFound);
    all.add("object_copy_versioned_bucket", CoreCopies::versioned);
    all.add("object_copy_versioned_url_encoding", CoreCopies::versionedEncoding);
    all.add("multipart_copy_small", talk -> part(talk, "foo", 1, "bytes=0-0"));
    all.add("multipart_copy_without_range", talk -> part(talk, "source", 10, ""));
    all.add(
        "multipart_copy_special_names",
        talk -> {
          for (String name : List.of(" ", "_", "__", "?versionId")) {
            part(talk, name, 10, "bytes=0-9");
          }
        });
    all.add("upload_part_copy_percent_encoded_key", talk -> part(talk, "anyfile%2F%20+", 10, ""));
    all.add("multipart_copy_invalid_range", CoreCopies::invalidRange);
    all.add("multipart_copy_improper_range", CoreCopies::improperRange);
    all.add("multipart_copy_versioned", CoreCopies::partOfVersion);
    all.add("multipart_copy_multiple_sizes", CoreCopies::manySizes);
  }

  private static RawClient.Response copy(
      Talk talk, String source, String bucket, String name, String... headers) throws IOException {
    RawClient.Request request =
        talk.request("PUT", "/" + bucket + "/" + name).header(SOURCE, Percent.encodePath(source));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.send();
  }

  private static void ok(RawClient.Response response) {
    assertThat(response.status()).as(response.text()).isEqualTo(200);
  }

  private static void put(Talk talk, String bucket, String name, byte[] body, String... headers)
      throws IOException {
    RawClient.Request request = talk.request("PUT", "/" + bucket + "/" + name);
    request.body = body;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    ok(request.send());
  }

  private static void sameBucket(Talk talk, byte[] content) throws IOException {
    String bucket = talk.bucket();
    put(talk, bucket, "foo123bar", content);
    ok(copy(talk, bucket + "/foo123bar", bucket, "bar321foo"));
    assertThat(talk.get(bucket, "bar321foo").body().toArray()).isEqualTo(content);
  }

  private static void contentType(Talk talk) throws IOException {
    String bucket = talk.bucket();
    put(talk, bucket, "foo", Talk.utf8("foo"), "content-type", "text/bla");
    ok(copy(talk, bucket + "/foo", bucket, "bar"));
    assertThat(talk.head(bucket, "bar").header("content-type")).isEqualTo("text/bla");
  }

  private static void toItself(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("foo"));
    Talk.refused(copy(talk, bucket + "/foo", bucket, "foo"), 400, "InvalidRequest");
  }

  private static void toItselfWithMetadata(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("foo"));
    ok(
        copy(
            talk,
            bucket + "/foo",
            bucket,
            "foo",
            "x-amz-metadata-directive",
            "REPLACE",
            "x-amz-meta-foo",
            "bar"));
    assertThat(talk.head(bucket, "foo").header("x-amz-meta-foo")).isEqualTo("bar");
    talk.content(bucket, "foo", "foo");
  }

  private static void otherBucket(Talk talk) throws IOException {
    String other = talk.bucket();
    ok(copy(talk, talk.bucket(List.of("foo")) + "/foo", other, "bar"));
    talk.content(other, "bar", "foo");
  }

  private static void notOwned(Talk talk) throws IOException {
    Talk other = talk.as(Endpoint.OTHER);
    String theirs = other.bucket();
    Talk.refused(
        copy(other, talk.bucket(List.of("foo")) + "/foo", theirs, "bar"), 403, "AccessDenied");
    Talk.refused(other.get(theirs, "bar"), 404, "NoSuchKey");
  }

  private static void granted(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("foo"));
    for (String path : List.of("/" + bucket, "/" + bucket + "/foo")) {
      ok(
          talk.request("PUT", path, "acl", "")
              .header("x-amz-grant-full-control", "id=\"other\"")
              .send());
    }
    Talk other = talk.as(Endpoint.OTHER);
    other.content(bucket, "foo", "foo");
    ok(copy(other, bucket + "/foo", bucket, "bar"));
    talk.content(bucket, "bar", "foo");
  }

  private static void metadata(Talk talk, boolean replace) throws IOException {
    for (byte[] content : List.of(Talk.bytes(3, 1), Talk.bytes(MIB, 2))) {
      String bucket = talk.bucket();
      put(talk, bucket, "a", content, "content-type", "audio/ogg", "x-amz-meta-key1", "value1");
      if (replace) {
        ok(
            copy(
                talk,
                bucket + "/a",
                bucket,
                "b",
                "x-amz-metadata-directive",
                "REPLACE",
                "content-type",
                "audio/mpeg",
                "x-amz-meta-key3",
                "value3"));
      } else {
        ok(copy(talk, bucket + "/a", bucket, "b"));
      }
      RawClient.Response head = talk.head(bucket, "b");
      assertThat(head.header("content-type")).isEqualTo(replace ? "audio/mpeg" : "audio/ogg");
      assertThat(head.header("x-amz-meta-key1")).isEqualTo(replace ? "" : "value1");
      assertThat(head.header("x-amz-meta-key3")).isEqualTo(replace ? "value3" : "");
      assertThat(head.header("content-length")).isEqualTo(Integer.toString(content.length));
    }
  }

  private static void keyNotFound(Talk talk) throws IOException {
    String bucket = talk.bucket();
    Talk.refused(copy(talk, bucket + "/foo", bucket, "bar"), 404, "NoSuchKey");
  }

  private static void versioned(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    String id = talk.put(bucket, "foo", "one").header("x-amz-version-id");
    talk.put(bucket, "foo", "two");
    RawClient.Response response =
        talk.request("PUT", "/" + bucket + "/bar")
            .header(SOURCE, bucket + "/foo?versionId=" + id)
            .send();
    ok(response);
    assertThat(response.header("x-amz-copy-source-version-id")).isEqualTo(id);
    assertThat(response.header("x-amz-version-id")).isNotEmpty().isNotEqualTo(id);
    talk.content(bucket, "bar", "one");
    ok(copy(talk, bucket + "/foo", bucket, "new"));
    talk.content(bucket, "new", "two");
    String plain = talk.bucket();
    ok(
        talk.request("PUT", "/" + plain + "/out")
            .header(SOURCE, bucket + "/foo?versionId=" + id)
            .send());
    talk.content(plain, "out", "one");
  }

  private static void versionedEncoding(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    String id = talk.put(bucket, "foo?bar", "one").header("x-amz-version-id");
    ok(
        talk.request("PUT", "/" + bucket + "/bar&foo")
            .header(SOURCE, "/" + bucket + "/foo%3Fbar?versionId=" + id)
            .send());
    talk.content(bucket, "bar&foo", "one");
  }

  private static RawClient.Response copyPart(
      Talk talk, String source, String bucket, String upload, int number, String range)
      throws IOException {
    RawClient.Request request =
        talk.partRequest(bucket, "target", upload, number).header(SOURCE, source);
    if (!range.isEmpty()) {
      request.header(RANGE, range);
    }
    return request.send();
  }

  private static String tag(RawClient.Response response) throws S3Exception {
    return Talk.xml(response, "CopyPartResult").child("ETag").orElse("");
  }

  private static void part(Talk talk, String name, int size, String range) throws IOException {
    byte[] content = Talk.bytes(size, 3);
    String from = talk.bucket();
    put(talk, from, name, content);
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "target");
    String source = from + "/" + Percent.encodePath(name);
    String tag = tag(copyPart(talk, source, bucket, upload, 1, range));
    ok(talk.complete(bucket, "target", upload, List.of(tag)));
    assertThat(talk.get(bucket, "target").body().toArray()).isEqualTo(content);
  }

  private static void invalidRange(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("source"));
    String upload = talk.startUpload(bucket, "target");
    Talk.refused(
        copyPart(talk, bucket + "/source", bucket, upload, 1, "bytes=0-21"), 416, "InvalidRange");
  }

  private static void improperRange(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("source"));
    String upload = talk.startUpload(bucket, "target");
    for (String range :
        List.of(
            "0-2",
            "bytes=0",
            "bytes=hello-world",
            "bytes=0-bar",
            "bytes=hello-",
            "bytes=0-2,3-5")) {
      Talk.refused(
          copyPart(talk, bucket + "/source", bucket, upload, 1, range), 400, "InvalidArgument");
    }
  }

  private static void partOfVersion(Talk talk) throws IOException {
    String from = talk.bucket();
    talk.versioning(from, "Enabled");
    byte[] old = Talk.bytes(MIB, 4);
    put(talk, from, "foo", old);
    String id = talk.head(from, "foo").header("x-amz-version-id");
    put(talk, from, "foo", Talk.bytes(MIB, 5));
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "target");
    RawClient.Response copied =
        copyPart(talk, from + "/foo?versionId=" + id, bucket, upload, 1, "");
    assertThat(copied.header("x-amz-copy-source-version-id")).isEqualTo(id);
    ok(talk.complete(bucket, "target", upload, List.of(tag(copied))));
    assertThat(talk.get(bucket, "target").body().toArray()).isEqualTo(old);
  }

  private static void manySizes(Talk talk) throws IOException {
    String from = talk.bucket();
    byte[] content = Talk.bytes(11 * MIB, 6);
    put(talk, from, "foo", content);
    for (int size : List.of(5 * MIB, 5 * MIB + 100 * 1024, 10 * MIB + 600 * 1024)) {
      String bucket = talk.bucket();
      String upload = talk.startUpload(bucket, "target");
      int middle = Math.min(size, 5 * MIB);
      String first =
          tag(copyPart(talk, from + "/foo", bucket, upload, 1, "bytes=0-" + (middle - 1)));
      if (size == middle) {
        ok(talk.complete(bucket, "target", upload, List.of(first)));
      } else {
        String range = "bytes=" + middle + "-" + (size - 1);
        String second = tag(copyPart(talk, from + "/foo", bucket, upload, 2, range));
        ok(talk.complete(bucket, "target", upload, List.of(first, second)));
      }
      assertThat(talk.get(bucket, "target").body().toArray())
          .isEqualTo(Arrays.copyOf(content, size));
    }
  }
}

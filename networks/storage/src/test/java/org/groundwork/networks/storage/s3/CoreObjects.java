package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writing, reading and deleting objects, and what is kept with them. */
final class CoreObjects {
  private CoreObjects() {}

  static void addTo(Behaviours all) {
    all.add(
        "object_write_to_nonexist_bucket",
        talk -> Talk.refused(talk.send("PUT", "/" + Talk.newName() + "/foo"), 404, "NoSuchBucket"));
    all.add("object_write_with_chunked_transfer_encoding", CoreObjects::chunkedTransfer);
    all.add(
        "object_read_not_exist",
        talk -> Talk.refused(talk.get(talk.bucket(), "bar"), 404, "NoSuchKey"));
    all.add("object_requestid_matches_header_on_error", CoreObjects::requestId);
    all.add("multi_object_delete", talk -> deleteMany(talk, 1));
    all.add("multi_objectv2_delete", talk -> deleteMany(talk, 2));
    all.add("multi_object_delete_key_limit", talk -> deleteTooMany(talk));
    all.add("multi_objectv2_delete_key_limit", talk -> deleteTooMany(talk));
    all.add("object_head_zero_bytes", CoreObjects::zeroBytes);
    all.add("object_write_check_etag", CoreObjects::etag);
    all.add(
        "object_write_cache_control", talk -> kept(talk, "cache-control", "public, max-age=14400"));
    all.add("object_write_expires", talk -> kept(talk, "expires", "Wed, 21 Oct 2037 07:28:00 GMT"));
    all.add("object_write_read_update_read_delete", CoreObjects::life);
    all.add("object_set_get_metadata_none_to_good", talk -> kept(talk, META, "mymeta"));
    all.add("object_set_get_metadata_none_to_empty", talk -> kept(talk, META, ""));
    all.add("object_set_get_metadata_overwrite_to_empty", CoreObjects::overwriteToEmpty);
    all.add("object_set_get_unicode_metadata", CoreObjects::unicodeMetadata);
    all.add("object_metadata_replaced_on_put", CoreObjects::replaced);
    all.add("object_write_file", talk -> talk.content(withOne(talk, "bar"), "foo", "bar"));
    all.add("object_content_encoding_aws_chunked", CoreObjects::contentEncoding);
    all.add("object_read_unreadable", CoreObjects::unreadable);
    all.add("ranged_request_response_code", talk -> ranged(talk, "bytes=4-7", 4, 8));
    all.add("ranged_big_request_response_code", CoreObjects::rangedBig);
    all.add(
        "ranged_request_skip_leading_bytes_response_code", talk -> ranged(talk, "bytes=4-", 4, 11));
    all.add(
        "ranged_request_return_trailing_bytes_response_code",
        talk -> ranged(talk, "bytes=-7", 4, 11));
    all.add(
        "ranged_request_invalid_range", talk -> unsatisfiable(talk, "testcontent", "bytes=40-50"));
    all.add("ranged_request_empty_object", talk -> unsatisfiable(talk, "", "bytes=40-50"));
    all.add("versioned_concurrent_object_create_concurrent_remove", talk -> concurrent(talk, true));
    all.add("versioned_concurrent_object_create_and_remove", talk -> concurrent(talk, false));
  }

  private static final String META = "x-amz-meta-meta1";

  private static String withOne(Talk talk, String body) throws IOException {
    String bucket = talk.bucket();
    talk.put(bucket, "foo", body);
    return bucket;
  }

  private static void chunkedTransfer(Talk talk) throws IOException {
    String bucket = talk.bucket();
    RawClient.Request request = talk.request("PUT", "/" + bucket + "/foo").body("bar");
    request.sign();
    request.headers.put("transfer-encoding", "chunked");
    assertThat(request.body("3\r\nbar\r\n0\r\n\r\n").send().status()).isEqualTo(200);
    talk.content(bucket, "foo", "bar");
    RawClient.Request empty = talk.request("PUT", "/" + bucket + "/empty");
    empty.sign();
    empty.headers.put("transfer-encoding", "chunked");
    assertThat(empty.body("0\r\n\r\n").send().status()).isEqualTo(200);
    talk.content(bucket, "empty", "");
  }

  private static void requestId(Talk talk) throws IOException {
    RawClient.Response response = talk.get(talk.bucket(), "bar");
    assertThat(response.header("x-amz-request-id")).isNotEmpty();
    assertThat(response.text())
        .contains("<RequestId>" + response.header("x-amz-request-id") + "</RequestId>");
  }

  private static String deletion(List<String> keys) {
    var xml = new StringBuilder("<Delete>");
    keys.forEach(key -> xml.append("<Object><Key>").append(key).append("</Key></Object>"));
    return xml.append("</Delete>").toString();
  }

  private static void deleteMany(Talk talk, int version) throws IOException {
    var keys = List.of("key0", "key1", "key2");
    String bucket = talk.bucket(keys);
    assertThat(talk.list(version, bucket).keys()).isEqualTo(keys);
    for (int time = 0; time < 2; time++) {
      XmlNode xml =
          Talk.xml(
              talk.request("POST", "/" + bucket, "delete", "").body(deletion(keys)).send(),
              "DeleteResult");
      assertThat(xml.all("Deleted")).hasSize(3);
      assertThat(xml.all("Error")).isEmpty();
      assertThat(talk.list(version, bucket).keys()).isEmpty();
    }
  }

  private static void deleteTooMany(Talk talk) throws IOException {
    var keys = new ArrayList<String>();
    for (int i = 0; i < 1001; i++) {
      keys.add("key-" + i);
    }
    String bucket = talk.bucket(List.of("key-0"));
    Talk.refused(
        talk.request("POST", "/" + bucket, "delete", "").body(deletion(keys)).send(),
        400,
        "MalformedXML");
    assertThat(talk.list(1, bucket).keys()).containsExactly("key-0");
  }

  private static void zeroBytes(Talk talk) throws IOException {
    assertThat(talk.head(withOne(talk, ""), "foo").header("content-length")).isEqualTo("0");
  }

  private static void etag(Talk talk) throws IOException {
    assertThat(talk.put(talk.bucket(), "foo", "bar").header("etag"))
        .isEqualTo("\"37b51d194a7513e45b56f6524f2d51f2\"");
  }

  private static void kept(Talk talk, String header, String value) throws IOException {
    String bucket = talk.bucket();
    RawClient.Response put =
        talk.request("PUT", "/" + bucket + "/foo").body("bar").header(header, value).send();
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    RawClient.Response head = talk.head(bucket, "foo");
    assertThat(head.headers()).containsEntry(header, value);
  }

  /** As JavaScript writes and reads letters, as Go does, and as Python; each signs the text. */
  private static void unicodeMetadata(Talk talk) throws IOException {
    String bucket = talk.bucket();
    for (Charset letters : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)) {
      String text = letters.newEncoder().canEncode('\u2603') ? "Hello \u2603" : "Hello World\u00e9";
      RawClient.Request put = talk.request("PUT", "/" + bucket + "/foo").header(META, text);
      put.letters = letters;
      assertThat(put.send().status()).isEqualTo(200);
      for (String method : List.of("HEAD", "GET")) {
        RawClient.Request read = talk.request(method, "/" + bucket + "/foo");
        read.letters = letters;
        assertThat(read.send().headers()).containsEntry(META, text);
      }
      RawClient.Request changed = talk.request("PUT", "/" + bucket + "/foo").header(META, text);
      changed.sign();
      changed.letters = letters;
      changed.header(META, text + "\u00e9");
      Talk.refused(changed.send(), 403, "SignatureDoesNotMatch");
    }
    talk.request("PUT", "/" + bucket + "/foo").header(META, "Hello World\u00e9").send();
    RawClient.Request python = talk.request("GET", "/" + bucket + "/foo");
    python.header("user-agent", "Boto3/1.26.27 Python/3.11.2").letters =
        StandardCharsets.ISO_8859_1;
    assertThat(python.send().headers()).containsEntry(META, "Hello World\u00e9");
  }

  private static void life(Talk talk) throws IOException {
    String bucket = withOne(talk, "bar");
    talk.content(bucket, "foo", "bar");
    talk.put(bucket, "foo", "soup");
    talk.content(bucket, "foo", "soup");
    assertThat(talk.send("DELETE", "/" + bucket + "/foo").status()).isEqualTo(204);
    Talk.refused(talk.get(bucket, "foo"), 404, "NoSuchKey");
  }

  private static void overwriteToEmpty(Talk talk) throws IOException {
    String bucket = talk.bucket();
    for (String value : List.of("oldmeta", "")) {
      talk.request("PUT", "/" + bucket + "/foo").header(META, value).send();
      assertThat(talk.head(bucket, "foo").headers()).containsEntry(META, value);
    }
  }

  private static void replaced(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.request("PUT", "/" + bucket + "/foo").body("bar").header(META, "bar").send();
    talk.put(bucket, "foo", "bar");
    assertThat(talk.head(bucket, "foo").headers()).doesNotContainKey(META);
  }

  /** That a body comes in chunks is a matter of its transport alone. */
  private static void contentEncoding(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String[][] pairs = {
      {"gzip", "gzip"},
      {"deflate, gzip", "deflate, gzip"},
      {"gzip, aws-chunked", "gzip"},
      {"aws-chunked, gzip", "gzip"},
      {"aws-chunked", ""},
      {"aws-chunked, aws-chunked", ""}
    };
    for (String[] pair : pairs) {
      talk.request("PUT", "/" + bucket + "/foo").header("content-encoding", pair[0]).send();
      assertThat(talk.head(bucket, "foo").header("content-encoding")).isEqualTo(pair[1]);
    }
  }

  private static void unreadable(Talk talk) throws IOException {
    RawClient client = new RawClient(talk.port());
    RawClient.Response response =
        client.exchange(
            "GET /" + talk.bucket() + "/%AE%8A- HTTP/1.1\r\nhost: x\r\n\r\n",
            new byte[0],
            0,
            false);
    Talk.refused(response, 400, "InvalidURI");
    assertThat(response.text()).contains("Couldn't parse the specified URI.");
  }

  private static void ranged(Talk talk, String range, int from, int to) throws IOException {
    String content = "testcontent";
    String bucket = withOne(talk, content);
    RawClient.Response response =
        talk.request("GET", "/" + bucket + "/foo").header("range", range).send();
    assertThat(response.status()).isEqualTo(206);
    assertThat(response.text()).isEqualTo(content.substring(from, to));
    assertThat(response.header("content-range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/11");
  }

  private static void rangedBig(Talk talk) throws IOException {
    String bucket = talk.bucket();
    byte[] content = Talk.bytes(8 << 20, 1);
    RawClient.Request put = talk.request("PUT", "/" + bucket + "/foo");
    put.body = content;
    assertThat(put.send().status()).isEqualTo(200);
    RawClient.Response response =
        talk.request("GET", "/" + bucket + "/foo").header("range", "bytes=3145728-5242880").send();
    assertThat(response.status()).isEqualTo(206);
    assertThat(response.body().toArray())
        .isEqualTo(java.util.Arrays.copyOfRange(content, 3145728, 5242881));
    assertThat(response.header("content-range")).isEqualTo("bytes 3145728-5242880/8388608");
  }

  private static void unsatisfiable(Talk talk, String content, String range) throws IOException {
    Talk.refused(
        talk.request("GET", "/" + withOne(talk, content) + "/foo").header("range", range).send(),
        416,
        "InvalidRange");
  }

  /** Several at once make versions of one object and take them away. */
  private static void concurrent(Talk talk, boolean removeAtOnce)
      throws IOException, InterruptedException, ExecutionException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var puts = new ArrayList<Future<RawClient.Response>>();
      for (int i = 0; i < 5; i++) {
        String body = "data " + i;
        puts.add(threads.submit(() -> talk.put(bucket, "myobj", body)));
      }
      for (Future<RawClient.Response> put : puts) {
        put.get();
      }
      List<XmlNode> versions = versions(talk, bucket);
      assertThat(versions).hasSize(5);
      var deletes = new ArrayList<Future<RawClient.Response>>();
      for (XmlNode version : versions) {
        String id = version.child("VersionId").orElse("");
        deletes.add(
            threads.submit(() -> talk.send("DELETE", "/" + bucket + "/myobj", "versionId", id)));
        if (!removeAtOnce) {
          assertThat(deletes.getLast().get().status()).isEqualTo(204);
        }
      }
      for (Future<RawClient.Response> delete : deletes) {
        assertThat(delete.get().status()).isEqualTo(204);
      }
    }
    assertThat(versions(talk, bucket)).isEmpty();
    assertThat(talk.list(1, bucket).keys()).isEmpty();
  }

  private static List<XmlNode> versions(Talk talk, String bucket) throws IOException {
    return Talk.xml(talk.send("GET", "/" + bucket, "versions", ""), "ListVersionsResult")
        .all("Version");
  }
}

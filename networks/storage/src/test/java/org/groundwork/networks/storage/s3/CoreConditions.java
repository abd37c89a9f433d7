package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** Requests that depend on what is there. */
final class CoreConditions {
  private static final String LONG_AGO = "Sat, 29 Oct 1994 19:43:31 GMT";
  private static final String LATER = "Fri, 29 Oct 2100 19:43:31 GMT";
  private static final String OTHER = "\"ABCORZ\"";

  private CoreConditions() {}

  static void addTo(Behaviours all) {
    all.add("get_object_ifmatch_good", talk -> get(talk, "if-match", "", 200));
    all.add("get_object_ifmatch_failed", talk -> get(talk, "if-match", OTHER, 412));
    all.add("get_object_ifnonematch_good", talk -> get(talk, "if-none-match", "", 304));
    all.add("get_object_ifnonematch_failed", talk -> get(talk, "if-none-match", OTHER, 200));
    all.add(
        "get_object_ifmodifiedsince_good", talk -> get(talk, "if-modified-since", LONG_AGO, 200));
    all.add(
        "get_object_ifmodifiedsince_failed", talk -> get(talk, "if-modified-since", LATER, 304));
    all.add(
        "get_object_ifunmodifiedsince_good",
        talk -> get(talk, "if-unmodified-since", LONG_AGO, 412));
    all.add(
        "get_object_ifunmodifiedsince_failed",
        talk -> get(talk, "if-unmodified-since", LATER, 200));
    all.add("put_object_ifmatch_failed", CoreConditions::putIfMatchFailed);
    all.add("copy_object_ifmatch_good", talk -> copy(talk, "if-match", "", 200));
    all.add("copy_object_ifmatch_failed", talk -> copy(talk, "if-match", OTHER, 412));
    all.add("copy_object_ifnonematch_good", talk -> copy(talk, "if-none-match", OTHER, 200));
    all.add("copy_object_ifnonematch_failed", talk -> copy(talk, "if-none-match", "", 412));
    all.add("put_object_if_match", talk -> ifMatch(talk, CoreConditions::put));
    all.add("multipart_put_object_if_match", talk -> ifMatch(talk, CoreConditions::multipart));
    all.add("put_current_object_if_none_match", talk -> ifNoneMatch(talk, CoreConditions::put));
    all.add(
        "multipart_put_current_object_if_none_match",
        talk -> ifNoneMatch(talk, CoreConditions::multipart));
    all.add("put_current_object_if_match", talk -> currentIfMatch(talk, CoreConditions::put));
    all.add(
        "multipart_put_current_object_if_match",
        talk -> currentIfMatch(talk, CoreConditions::multipart));
    all.add("put_object_current_if_match", CoreConditions::currentAfterDelete);
  }

  private static void get(Talk talk, String header, String value, int status) throws IOException {
    String bucket = talk.bucket();
    String tag = talk.put(bucket, "foo", "bar").header("etag");
    RawClient.Response response =
        talk.request("GET", "/" + bucket + "/foo")
            .header(header, value.isEmpty() ? tag : value)
            .send();
    assertThat(response.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(response.text()).isEqualTo("bar");
    } else if (status == 304) {
      assertThat(response.header("etag")).isEqualTo(tag);
      assertThat(response.text()).isEmpty();
    } else {
      assertThat(response.code()).isEqualTo("PreconditionFailed");
    }
  }

  private static void putIfMatchFailed(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.put(bucket, "foo", "bar");
    Talk.refused(put(talk, bucket, "if-match", OTHER), 412, "PreconditionFailed");
    talk.content(bucket, "foo", "bar");
  }

  private static void copy(Talk talk, String condition, String value, int status)
      throws IOException {
    String bucket = talk.bucket();
    String tag = talk.put(bucket, "foo", "bar").header("etag");
    RawClient.Response response =
        talk.request("PUT", "/" + bucket + "/bar")
            .header("x-amz-copy-source", bucket + "/foo")
            .header("x-amz-copy-source-" + condition, value.isEmpty() ? tag : value)
            .send();
    assertThat(response.status()).as(response.text()).isEqualTo(status);
    if (status == 200) {
      talk.content(bucket, "bar", "bar");
    } else {
      assertThat(response.code()).isEqualTo("PreconditionFailed");
      Talk.refused(talk.get(bucket, "bar"), 404, "NoSuchKey");
    }
  }

  /** One of the ways to write an object on a condition. */
  private interface Writing {
    RawClient.Response write(Talk talk, String bucket, String header, String value)
        throws IOException;
  }

  private static RawClient.Response put(Talk talk, String bucket, String header, String value)
      throws IOException {
    return talk.request("PUT", "/" + bucket + "/foo").body("zar").header(header, value).send();
  }

  private static RawClient.Response multipart(Talk talk, String bucket, String header, String value)
      throws IOException {
    String upload = talk.startUpload(bucket, "foo");
    String tag = talk.part(bucket, "foo", upload, 1, Talk.utf8("zar"));
    return talk.completeRequest(bucket, "foo", upload, List.of(tag)).header(header, value).send();
  }

  private static void ifMatch(Talk talk, Writing writing) throws IOException {
    String bucket = talk.bucket();
    Talk.refused(writing.write(talk, bucket, "if-match", OTHER), 404, "NoSuchKey");
    Talk.refused(talk.get(bucket, "foo"), 404, "NoSuchKey");
    String tag = talk.put(bucket, "foo", "bar").header("etag");
    Talk.refused(writing.write(talk, bucket, "if-match", OTHER), 412, "PreconditionFailed");
    talk.content(bucket, "foo", "bar");
    assertThat(writing.write(talk, bucket, "if-match", tag).status()).isEqualTo(200);
    talk.content(bucket, "foo", "zar");
  }

  private static void ifNoneMatch(Talk talk, Writing writing) throws IOException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    assertThat(writing.write(talk, bucket, "if-none-match", "*").status()).isEqualTo(200);
    Talk.refused(writing.write(talk, bucket, "if-none-match", "*"), 412, "PreconditionFailed");
    // Behind a mark of deletion there is no current object.
    assertThat(talk.send("DELETE", "/" + bucket + "/foo").status()).isEqualTo(204);
    assertThat(writing.write(talk, bucket, "if-none-match", "*").status()).isEqualTo(200);
    talk.content(bucket, "foo", "zar");
  }

  private static void currentIfMatch(Talk talk, Writing writing) throws IOException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    String first = talk.put(bucket, "foo", "one").header("etag");
    String second = talk.put(bucket, "foo", "two").header("etag");
    Talk.refused(writing.write(talk, bucket, "if-match", first), 412, "PreconditionFailed");
    assertThat(writing.write(talk, bucket, "if-match", second).status()).isEqualTo(200);
    talk.content(bucket, "foo", "zar");
  }

  private static void currentAfterDelete(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    String tag = talk.put(bucket, "foo", "one").header("etag");
    talk.send("DELETE", "/" + bucket + "/foo");
    Talk.refused(put(talk, bucket, "if-match", tag), 404, "NoSuchKey");
    Talk.refused(put(talk, bucket, "if-match", "*"), 404, "NoSuchKey");
  }
}

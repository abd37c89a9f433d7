package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Requests of nobody in particular, and addresses that carry their signature. */
final class CoreSigning {
  private CoreSigning() {}

  static void addTo(Behaviours all) {
    all.add("object_raw_get", CoreSigning::rawGet);
    all.add("object_raw_get_bucket_gone", CoreSigning::rawBucketGone);
    all.add("object_raw_get_object_gone", CoreSigning::rawObjectGone);
    all.add("object_delete_key_bucket_gone", CoreSigning::deleteBucketGone);
    all.add("object_raw_authenticated", talk -> presigned(talk, 3600, 200));
    all.add("object_raw_get_x_amz_expires_not_expired", talk -> presigned(talk, 100_000, 200));
    all.add(
        "object_raw_get_x_amz_expires_not_expired_tenant",
        talk -> presigned(talk.as(Endpoint.OTHER), 100_000, 200));
    all.add("object_raw_get_x_amz_expires_out_range_zero", talk -> presigned(talk, 0, 400));
    all.add("object_raw_get_x_amz_expires_out_max_range", talk -> presigned(talk, 609_901, 400));
    all.add("object_raw_get_x_amz_expires_out_positive_range", talk -> presigned(talk, -7, 400));
    all.add("object_raw_response_headers", CoreSigning::responseHeaders);
    all.add("object_raw_authenticated_bucket_gone", CoreSigning::bucketGone);
    all.add("object_raw_authenticated_object_gone", CoreSigning::objectGone);
    all.add("object_anon_put", CoreSigning::anonymousPut);
    all.add("object_anon_put_write_access", CoreSigning::anonymousPutWhereItMay);
    all.add("object_put_authenticated", CoreSigning::signedPut);
    all.add("object_raw_put_authenticated_expired", CoreSigning::expiredPut);
  }

  private static String publicly(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.acl("/" + bucket, "public-read");
    talk.put(bucket, "foo", "bar");
    talk.acl("/" + bucket + "/foo", "public-read");
    return bucket;
  }

  private static void rawGet(Talk talk) throws IOException {
    talk.anonymous().content(publicly(talk), "foo", "bar");
  }

  private static void delete(Talk talk, String path) throws IOException {
    assertThat(talk.send("DELETE", path).status()).isEqualTo(204);
  }

  private static void rawBucketGone(Talk talk) throws IOException {
    String bucket = publicly(talk);
    delete(talk, "/" + bucket + "/foo");
    delete(talk, "/" + bucket);
    Talk.refused(talk.anonymous().get(bucket, "foo"), 404, "NoSuchBucket");
  }

  /** Who may list a bucket learns that a key is missing; who may not is denied. */
  private static void rawObjectGone(Talk talk) throws IOException {
    String bucket = publicly(talk);
    delete(talk, "/" + bucket + "/foo");
    Talk.refused(talk.anonymous().get(bucket, "foo"), 404, "NoSuchKey");
    talk.acl("/" + bucket, "private");
    Talk.refused(talk.anonymous().get(bucket, "foo"), 403, "AccessDenied");
  }

  private static void deleteBucketGone(Talk talk) throws IOException {
    String bucket = publicly(talk);
    delete(talk, "/" + bucket + "/foo");
    delete(talk, "/" + bucket);
    Talk.refused(talk.anonymous().send("DELETE", "/" + bucket + "/foo"), 404, "NoSuchBucket");
  }

  private static void presigned(Talk talk, long seconds, int status) throws IOException {
    String bucket = talk.bucket();
    talk.put(bucket, "foo", "bar");
    RawClient.Response response = Presigning.send(talk, "GET", "/" + bucket + "/foo", seconds, "");
    assertThat(response.status()).as(response.text()).isEqualTo(status);
    if (status == 200) {
      assertThat(response.text()).isEqualTo("bar");
    } else {
      assertThat(response.code()).isEqualTo("AuthorizationQueryParametersError");
    }
  }

  private static void responseHeaders(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.put(bucket, "foo", "bar");
    String[] wanted = {
      "response-cache-control", "no-cache",
      "response-content-disposition", "bla",
      "response-content-encoding", "aaa",
      "response-content-language", "esperanto",
      "response-content-type", "foo/bar",
      "response-expires", "123"
    };
    RawClient.Response response =
        Presigning.send(talk, "GET", "/" + bucket + "/foo", 60, "", wanted);
    assertThat(response.status()).isEqualTo(200);
    for (int i = 0; i < wanted.length; i += 2) {
      assertThat(response.header(wanted[i].substring("response-".length())))
          .isEqualTo(wanted[i + 1]);
    }
    talk.acl("/" + bucket + "/foo", "public-read");
    Talk.refused(
        talk.anonymous().send("GET", "/" + bucket + "/foo", wanted), 400, "InvalidRequest");
  }

  private static void bucketGone(Talk talk) throws IOException {
    String bucket = publicly(talk);
    delete(talk, "/" + bucket + "/foo");
    delete(talk, "/" + bucket);
    Talk.refused(Presigning.send(talk, "GET", "/" + bucket + "/foo", 60, ""), 404, "NoSuchBucket");
  }

  private static void objectGone(Talk talk) throws IOException {
    String bucket = publicly(talk);
    delete(talk, "/" + bucket + "/foo");
    Talk.refused(Presigning.send(talk, "GET", "/" + bucket + "/foo", 60, ""), 404, "NoSuchKey");
  }

  private static void anonymousPut(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.put(bucket, "foo", "bar");
    Talk.refused(
        talk.anonymous().request("PUT", "/" + bucket + "/foo").body("x").send(),
        403,
        "AccessDenied");
    talk.content(bucket, "foo", "bar");
  }

  private static void anonymousPutWhereItMay(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.acl("/" + bucket, "public-read-write");
    talk.anonymous().put(bucket, "foo", "foo");
    talk.content(bucket, "foo", "foo");
  }

  private static void signedPut(Talk talk) throws IOException {
    String bucket = talk.bucket();
    assertThat(Presigning.send(talk, "PUT", "/" + bucket + "/foo", 60, "foo").status())
        .isEqualTo(200);
    talk.content(bucket, "foo", "foo");
  }

  private static void expiredPut(Talk talk) throws IOException {
    String bucket = talk.bucket();
    Instant past = Instant.now().minus(Duration.ofSeconds(1000));
    RawClient.Response response =
        Presigning.send(talk, "PUT", "/" + bucket + "/foo", 60, past, "foo");
    Talk.refused(response, 403, "AccessDenied");
    assertThat(response.text()).contains("Request has expired");
    Talk.refused(talk.get(bucket, "foo"), 404, "NoSuchKey");
  }
}

package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Headers that are missing, empty or wrong. */
final class CoreHeaders {
  private static final String OK = "200";

  private CoreHeaders() {}

  static void addTo(Behaviours all) {
    object(all, "bad_md5_invalid_short", "InvalidDigest", h("content-md5", "YWJyYWNhZGFicmE="));
    object(all, "bad_md5_bad", "BadDigest", h("content-md5", "rL0Y20xC+Fzt72VPzMSk2A=="));
    object(all, "bad_md5_empty", "InvalidDigest", h("content-md5", ""));
    object(all, "bad_md5_none", OK, r -> r.headers.remove("content-md5"));
    object(all, "bad_expect_mismatch", OK, h("expect", "200"));
    object(all, "bad_expect_empty", OK, h("expect", ""));
    object(all, "bad_expect_none", OK, r -> r.headers.remove("expect"));
    object(all, "bad_contentlength_empty", "400", late("content-length", ""));
    object(all, "bad_contentlength_negative", "400", late("content-length", "-1"));
    object(all, "bad_contentlength_none", "MissingContentLength", r -> r.lengthless = true);
    object(all, "bad_contenttype_invalid", OK, h("content-type", "text/plain"));
    object(all, "bad_contenttype_empty", OK, h("content-type", ""));
    object(all, "bad_contenttype_none", OK, r -> r.headers.remove("content-type"));
    object(all, "bad_authorization_empty", "AccessDenied", late("authorization", ""));
    object(all, "bad_authorization_none", "AccessDenied", r -> r.anonymous = true);
    object(all, "date_and_amz_date", OK, h("date", now()));
    object(all, "amz_date_and_no_date", OK, r -> r.headers.remove("date"));
    bucket(all, "contentlength_none", OK, r -> r.lengthless = true);
    bucket(all, "bad_contentlength_none", OK, r -> r.lengthless = true);
    bucket(all, "bad_expect_mismatch", OK, h("expect", "200"));
    bucket(all, "bad_expect_empty", OK, h("expect", ""));
    bucket(all, "bad_contentlength_empty", "400", late("content-length", ""));
    bucket(all, "bad_contentlength_negative", "400", late("content-length", "-1"));
    bucket(all, "bad_authorization_empty", "AccessDenied", late("authorization", ""));
    bucket(all, "bad_authorization_none", "AccessDenied", r -> r.anonymous = true);
  }

  private static Consumer<RawClient.Request> h(String name, String value) {
    return request -> request.header(name, value);
  }

  /** Not under the signature. */
  private static Consumer<RawClient.Request> late(String name, String value) {
    return request -> request.unsigned.put(name, value);
  }

  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atZone(ZoneOffset.UTC));
  }

  private static void object(
      Behaviours all, String name, String expected, Consumer<RawClient.Request> change) {
    all.add(
        "object_create_" + name,
        talk -> {
          String bucket = talk.bucket();
          RawClient.Request request =
              talk.request("PUT", "/" + bucket + "/foo").body("bar").with(change);
          check(request.send(), expected);
          if (expected.equals(OK)) {
            talk.content(bucket, "foo", "bar");
          } else {
            Talk.refused(talk.get(bucket, "foo"), 404, "NoSuchKey");
          }
        });
  }

  private static void bucket(
      Behaviours all, String name, String expected, Consumer<RawClient.Request> change) {
    all.add(
        "bucket_create_" + name,
        talk -> {
          String bucket = Talk.newName();
          check(talk.request("PUT", "/" + bucket).with(change).send(), expected);
          assertThat(talk.send("HEAD", "/" + bucket).status())
              .isEqualTo(expected.equals(OK) ? 200 : 404);
        });
  }

  private static void check(RawClient.Response response, String expected) throws IOException {
    if (expected.matches("[0-9]+")) {
      assertThat(response.status()).as(response.text()).isEqualTo(Integer.parseInt(expected));
    } else {
      Talk.refused(response, S3Error.valueOf(expected).status(), expected);
    }
  }
}

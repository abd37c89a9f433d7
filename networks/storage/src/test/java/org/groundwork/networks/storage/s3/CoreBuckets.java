package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Making, naming, listing and deleting buckets. */
final class CoreBuckets {
  private CoreBuckets() {}

  static void addTo(Behaviours all) {
    all.add("bucket_list_empty", talk -> assertThat(talk.list(1, talk.bucket()).keys()).isEmpty());
    all.add("bucket_list_distinct", CoreBuckets::distinct);
    all.add(
        "bucket_delete_notexist",
        talk -> Talk.refused(talk.send("DELETE", "/" + Talk.newName()), 404, "NoSuchBucket"));
    all.add(
        "bucket_delete_nonempty",
        talk ->
            Talk.refused(
                talk.send("DELETE", "/" + talk.bucket(List.of("foo"))), 409, "BucketNotEmpty"));
    all.add("bucket_create_delete", CoreBuckets::createDelete);
    all.add("bucket_head", talk -> head(talk, talk.bucket(), 200));
    all.add("bucket_head_notexist", talk -> head(talk, Talk.newName(), 404));
    all.add("bucket_create_naming_bad_short_one", talk -> badName(talk, "a"));
    all.add("bucket_create_naming_bad_short_two", talk -> badName(talk, "aa"));
    all.add("bucket_create_naming_good_long_63", talk -> goodName(talk, "n".repeat(63)));
    all.add("bucket_create_naming_good_starts_alpha", talk -> goodName(talk, "afoo"));
    all.add("bucket_create_naming_good_starts_digit", talk -> goodName(talk, "0foo"));
    all.add("bucket_create_naming_good_contains_period", talk -> goodName(talk, "aaa.111"));
    all.add("bucket_create_naming_good_contains_hyphen", talk -> goodName(talk, "aaa-111"));
    all.add(
        "bucket_create_exists",
        talk ->
            Talk.refused(talk.send("PUT", "/" + talk.bucket()), 409, "BucketAlreadyOwnedByYou"));
    all.add(
        "bucket_create_exists_nonowner",
        talk ->
            Talk.refused(
                talk.as(Endpoint.OTHER).send("PUT", "/" + talk.bucket()),
                409,
                "BucketAlreadyExists"));
    all.add("bucket_recreate_not_overriding", CoreBuckets::recreate);
    all.add("bucket_get_location", CoreBuckets::location);
    all.add("buckets_create_then_list", CoreBuckets::createThenList);
    all.add("buckets_list_ctime", CoreBuckets::creationTime);
    all.add("list_buckets_invalid_auth", CoreBuckets::invalidKey);
    all.add("list_buckets_bad_auth", CoreBuckets::badSecret);
    all.add("list_buckets_paginated", CoreBuckets::paginated);
    all.add("bucket_create_special_key_names", CoreBuckets::specialKeys);
    all.add("bucket_list_special_prefix", CoreBuckets::specialPrefix);
    all.add("expected_bucket_owner", CoreBuckets::expectedOwner);
  }

  private static void distinct(Talk talk) throws IOException {
    String one = talk.bucket();
    talk.put(talk.bucket(), "asdf", "content");
    assertThat(talk.list(1, one).keys()).isEmpty();
  }

  private static void createDelete(Talk talk) throws IOException {
    String bucket = talk.bucket();
    assertThat(talk.send("DELETE", "/" + bucket).status()).isEqualTo(204);
    Talk.refused(talk.send("DELETE", "/" + bucket), 404, "NoSuchBucket");
  }

  private static void head(Talk talk, String bucket, int status) throws IOException {
    assertThat(talk.send("HEAD", "/" + bucket).status()).isEqualTo(status);
  }

  private static void badName(Talk talk, String name) throws IOException {
    Talk.refused(talk.send("PUT", "/" + name), 400, "InvalidBucketName");
  }

  private static void goodName(Talk talk, String name) throws IOException {
    assertThat(talk.send("PUT", "/" + name).status()).isEqualTo(200);
    head(talk, name, 200);
  }

  private static void recreate(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("mykey1", "mykey2"));
    assertThat(talk.send("PUT", "/" + bucket).status()).isEqualTo(409);
    assertThat(talk.list(1, bucket).keys()).containsExactly("mykey1", "mykey2");
  }

  /** The oldest region is the one without a name. */
  private static void location(Talk talk) throws IOException {
    XmlNode xml =
        Talk.xml(talk.send("GET", "/" + talk.bucket(), "location", ""), "LocationConstraint");
    assertThat(xml.text()).isEmpty();
  }

  private static List<XmlNode> buckets(Talk talk, String... query) throws IOException {
    return Talk.xml(talk.send("GET", "/", query), "ListAllMyBucketsResult")
        .all("Buckets")
        .getFirst()
        .all("Bucket");
  }

  private static List<String> names(Talk talk) throws IOException {
    return buckets(talk).stream().map(bucket -> bucket.child("Name").orElse("")).toList();
  }

  private static void createThenList(Talk talk) throws IOException {
    List<String> mine = List.of(talk.bucket(), talk.bucket(), talk.bucket());
    assertThat(names(talk)).containsAll(mine);
    assertThat(names(talk.as(Endpoint.OTHER))).doesNotContainAnyElementsOf(mine);
  }

  private static void creationTime(Talk talk) throws IOException {
    Instant before = Instant.now().minus(Duration.ofDays(1));
    talk.bucket();
    for (XmlNode bucket : buckets(talk)) {
      assertThat(Instant.parse(bucket.child("CreationDate").orElse("")))
          .isBetween(before, Instant.now().plus(Duration.ofDays(1)));
    }
  }

  private static void invalidKey(Talk talk) throws IOException {
    Talk unknown = talk.as(new Users.Key("INVALIDKEY", "invalid secret", Endpoint.OTHER.user()));
    Talk.refused(unknown.send("GET", "/"), 403, "InvalidAccessKeyId");
  }

  private static void badSecret(Talk talk) throws IOException {
    Talk wrong =
        talk.as(new Users.Key(Endpoint.ACCESS_KEY, "invalid secret", Endpoint.OTHER.user()));
    Talk.refused(wrong.send("GET", "/"), 403, "SignatureDoesNotMatch");
  }

  private static void paginated(Talk talk) throws IOException {
    Talk third = talk.as(Endpoint.THIRD);
    List<String> mine = List.of(third.bucket(), third.bucket());
    XmlNode page = Talk.xml(third.send("GET", "/", "max-buckets", "1"), "ListAllMyBucketsResult");
    assertThat(page.all("Buckets").getFirst().all("Bucket")).hasSize(1);
    String token = page.child("ContinuationToken").orElseThrow();
    List<XmlNode> rest = buckets(third, "continuation-token", token);
    assertThat(rest).hasSize(mine.size() - 1);
    assertThat(third.send("GET", "/", "continuation-token", token).text())
        .doesNotContain("ContinuationToken");
  }

  private static void specialKeys(Talk talk) throws IOException {
    var keys = List.of(" ", "\"", "$", "%", "&", "'", "<", ">", "_", "_ ", "_ _", "__");
    String bucket = talk.bucket(keys);
    assertThat(talk.list(1, bucket).keys()).isEqualTo(keys);
    for (String key : keys) {
      talk.content(bucket, key, key);
      talk.acl("/" + bucket + "/" + key, "private");
    }
  }

  private static void specialPrefix(Talk talk) throws IOException {
    var keys = List.of("Bla/1", "Bla/2", "Bla/3", "Bla/4", "abcd");
    String bucket = talk.bucket(keys);
    assertThat(talk.list(1, bucket).keys()).isEqualTo(keys);
    assertThat(talk.list(1, bucket, "prefix", "Bla/").keys()).isEqualTo(keys.subList(0, 4));
  }

  private static void expectedOwner(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String header = "x-amz-expected-bucket-owner";
    for (String method : List.of("GET", "PUT")) {
      String path = "/" + bucket + (method.equals("PUT") ? "/foo" : "");
      Talk.refused(
          talk.request(method, path).header(header, "unexpected").send(), 403, "AccessDenied");
      assertThat(talk.request(method, path).header(header, User.FIRST.id()).send().status())
          .isEqualTo(200);
    }
  }
}

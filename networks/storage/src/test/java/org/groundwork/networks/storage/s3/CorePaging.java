package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** Where a listing begins and ends, and what it says of each object. */
final class CorePaging {
  private static final List<String> KEYS = List.of("bar", "baz", "foo", "quxx");

  private CorePaging() {}

  private interface ByVersion {
    void run(Talk talk, int version) throws IOException;
  }

  private static void both(Behaviours all, String name, ByVersion check) {
    all.add("bucket_list_" + name, talk -> check.run(talk, 1));
    all.add("bucket_listv2_" + name, talk -> check.run(talk, 2));
  }

  static void addTo(Behaviours all) {
    both(all, "many", CorePaging::many);
    both(all, "maxkeys_one", CorePaging::maxKeysOne);
    both(all, "maxkeys_zero", CorePaging::maxKeysZero);
    both(all, "maxkeys_none", CorePaging::maxKeysNone);
    both(all, "objects_anonymous", CorePaging::anonymous);
    both(all, "objects_anonymous_fail", CorePaging::anonymousFail);
    all.add("bucket_notexist", talk -> absent(talk, 1));
    all.add("bucketv2_notexist", talk -> absent(talk, 2));
    all.add("basic_key_count", talk -> keyCount(talk));
    all.add("bucket_list_maxkeys_invalid", talk -> maxKeysInvalid(talk));
    all.add("bucket_list_marker_none", talk -> marker(talk, "", KEYS));
    all.add("bucket_list_marker_empty", talk -> marker(talk, "", KEYS));
    all.add("bucket_list_marker_unreadable", talk -> marker(talk, "\n", KEYS));
    all.add("bucket_list_marker_not_in_list", talk -> marker(talk, "blah", List.of("foo", "quxx")));
    all.add("bucket_list_marker_after_list", talk -> marker(talk, "zzz", List.of()));
    all.add("bucket_listv2_startafter_unreadable", talk -> startAfter(talk, "\n", KEYS));
    all.add(
        "bucket_listv2_startafter_not_in_list",
        talk -> startAfter(talk, "blah", List.of("foo", "quxx")));
    all.add("bucket_listv2_startafter_after_list", talk -> startAfter(talk, "zzz", List.of()));
    all.add("bucket_listv2_continuationtoken_empty", talk -> emptyToken(talk));
    all.add("bucket_listv2_continuationtoken", talk -> token(talk));
    all.add("bucket_listv2_both_continuationtoken_startafter", talk -> tokenAndStart(talk));
    all.add("bucket_listv2_fetchowner_notempty", talk -> owner(talk, true, "true"));
    all.add("bucket_listv2_fetchowner_defaultempty", talk -> owner(talk, false));
    all.add("bucket_listv2_fetchowner_empty", talk -> owner(talk, false, "false"));
    all.add("bucket_list_return_data", talk -> data(talk));
  }

  private static void many(Talk talk, int version) throws IOException {
    String bucket = talk.bucket(List.of("foo", "bar", "baz"));
    Talk.Page page = talk.list(version, bucket, "max-keys", "2");
    assertThat(page.keys()).containsExactly("bar", "baz");
    assertThat(page.truncated()).isTrue();
    assertThat(page.text("MaxKeys")).isEqualTo("2");
    Talk.Page rest =
        version == 1
            ? talk.list(1, bucket, "marker", "baz", "max-keys", "2")
            : talk.list(2, bucket, "start-after", "baz", "max-keys", "2");
    assertThat(rest.keys()).containsExactly("foo");
    assertThat(rest.truncated()).isFalse();
  }

  private static void maxKeysOne(Talk talk, int version) throws IOException {
    String bucket = talk.bucket(KEYS);
    Talk.Page page = talk.list(version, bucket, "max-keys", "1");
    assertThat(page.keys()).containsExactly("bar");
    assertThat(page.truncated()).isTrue();
    String after = version == 1 ? "marker" : "start-after";
    Talk.Page rest = talk.list(version, bucket, after, "bar");
    assertThat(rest.keys()).containsExactly("baz", "foo", "quxx");
    assertThat(rest.truncated()).isFalse();
  }

  private static void maxKeysZero(Talk talk, int version) throws IOException {
    Talk.Page page = talk.list(version, talk.bucket(KEYS), "max-keys", "0");
    assertThat(page.keys()).isEmpty();
    assertThat(page.truncated()).isFalse();
  }

  private static void maxKeysNone(Talk talk, int version) throws IOException {
    Talk.Page page = talk.list(version, talk.bucket(KEYS));
    assertThat(page.keys()).isEqualTo(KEYS);
    assertThat(page.text("MaxKeys")).isEqualTo("1000");
  }

  private static void maxKeysInvalid(Talk talk) throws IOException {
    Talk.refused(
        talk.send("GET", "/" + talk.bucket(KEYS), "max-keys", "blah"), 400, "InvalidArgument");
  }

  private static void anonymous(Talk talk, int version) throws IOException {
    String bucket = talk.bucket(KEYS);
    talk.acl("/" + bucket, "public-read");
    assertThat(talk.anonymous().list(version, bucket).keys()).isEqualTo(KEYS);
  }

  private static void anonymousFail(Talk talk, int version) throws IOException {
    String type = version == 1 ? "list" : "list-type";
    Talk.refused(
        talk.anonymous().send("GET", "/" + talk.bucket(KEYS), type, "2"), 403, "AccessDenied");
  }

  private static void absent(Talk talk, int version) throws IOException {
    String type = version == 1 ? "list" : "list-type";
    Talk.refused(talk.send("GET", "/" + Talk.newName(), type, "2"), 404, "NoSuchBucket");
  }

  private static void keyCount(Talk talk) throws IOException {
    Talk.Page page = talk.list(2, talk.bucket(List.of("0", "1", "2", "3", "4")));
    assertThat(page.text("KeyCount")).isEqualTo("5");
  }

  private static void marker(Talk talk, String marker, List<String> expected) throws IOException {
    String bucket = talk.bucket(KEYS);
    Talk.Page page = talk.list(1, bucket, "marker", marker);
    assertThat(page.text("Marker")).isEqualTo(marker);
    assertThat(page.keys()).isEqualTo(expected);
    assertThat(page.truncated()).isFalse();
    assertThat(talk.list(1, bucket).text("Marker")).isEmpty();
  }

  private static void startAfter(Talk talk, String after, List<String> expected)
      throws IOException {
    Talk.Page page = talk.list(2, talk.bucket(KEYS), "start-after", after);
    assertThat(page.text("StartAfter")).isEqualTo(after);
    assertThat(page.keys()).isEqualTo(expected);
    assertThat(page.truncated()).isFalse();
  }

  private static void emptyToken(Talk talk) throws IOException {
    Talk.Page page = talk.list(2, talk.bucket(KEYS), "continuation-token", "");
    assertThat(page.text("ContinuationToken")).isEmpty();
    assertThat(page.truncated()).isFalse();
    assertThat(page.keys()).isEqualTo(KEYS);
  }

  private static void token(Talk talk) throws IOException {
    String bucket = talk.bucket(KEYS);
    Talk.Page page = talk.list(2, bucket, "max-keys", "1");
    String token = page.text("NextContinuationToken");
    Talk.Page rest = talk.list(2, bucket, "continuation-token", token);
    assertThat(rest.text("ContinuationToken")).isEqualTo(token);
    assertThat(rest.truncated()).isFalse();
    assertThat(rest.keys()).containsExactly("baz", "foo", "quxx");
  }

  private static void tokenAndStart(Talk talk) throws IOException {
    String bucket = talk.bucket(KEYS);
    Talk.Page page = talk.list(2, bucket, "start-after", "bar", "max-keys", "1");
    assertThat(page.keys()).containsExactly("baz");
    String token = page.text("NextContinuationToken");
    Talk.Page rest = talk.list(2, bucket, "start-after", "bar", "continuation-token", token);
    assertThat(rest.text("StartAfter")).isEqualTo("bar");
    assertThat(rest.keys()).containsExactly("foo", "quxx");
    assertThat(rest.truncated()).isFalse();
  }

  private static void owner(Talk talk, boolean expected, String... value) throws IOException {
    String bucket = talk.bucket(KEYS);
    Talk.Page page =
        value.length == 0 ? talk.list(2, bucket) : talk.list(2, bucket, "fetch-owner", value[0]);
    for (XmlNode object : page.xml().all("Contents")) {
      assertThat(object.all("Owner")).hasSize(expected ? 1 : 0);
    }
  }

  private static void data(Talk talk) throws IOException {
    String bucket = talk.bucket(KEYS);
    for (XmlNode object : talk.list(1, bucket).xml().all("Contents")) {
      RawClient.Response head = talk.head(bucket, object.child("Key").orElse(""));
      assertThat(object.child("ETag")).contains(head.header("etag"));
      assertThat(object.child("Size")).contains(head.header("content-length"));
      assertThat(object.all("Owner").getFirst().child("ID")).contains(User.FIRST.id());
      assertThat(object.all("Owner").getFirst().child("DisplayName")).contains(User.FIRST.name());
      String modified = object.child("LastModified").orElse("");
      var time =
          java.time.Instant.parse(modified).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
      assertThat(ObjectHeaders.httpDate(time)).isEqualTo(head.header("last-modified"));
    }
  }
}

package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a listing holds, for given keys, prefix and delimiter; both versions of the operation. */
final class CoreListing {
  private CoreListing() {}

  /** One question with its answer. */
  private record Case(
      List<String> keys,
      String prefix,
      String delimiter,
      List<String> expected,
      List<String> prefixes) {
    String[] query() {
      var query = new ArrayList<String>();
      if (!prefix.equals("-")) {
        query.addAll(List.of("prefix", prefix));
      }
      if (!delimiter.equals("-")) {
        query.addAll(List.of("delimiter", delimiter));
      }
      return query.toArray(String[]::new);
    }

    /** The whole at once, and page by page. */
    void check(Talk talk, int version) throws IOException {
      String bucket = talk.bucket(keys);
      Talk.Page page = talk.list(version, bucket, query());
      assertThat(page.keys()).isEqualTo(expected);
      assertThat(page.prefixes()).isEqualTo(prefixes);
      assertThat(page.truncated()).isFalse();
      assertThat(page.text("Prefix")).isEqualTo(prefix.equals("-") ? "" : prefix);
      assertThat(page.text("Delimiter"))
          .isEqualTo(delimiter.equals("-") || delimiter.isEmpty() ? "absent" : delimiter);
      for (int max = 1; max <= 2; max++) {
        checkPages(talk, version, bucket, max);
      }
    }

    private void checkPages(Talk talk, int version, String bucket, int max) throws IOException {
      var seen = new ArrayList<String>();
      var seenPrefixes = new ArrayList<String>();
      String from = "";
      boolean more = true;
      while (more) {
        var query = new ArrayList<>(List.of(query()));
        query.addAll(List.of("max-keys", Integer.toString(max)));
        if (!from.isEmpty()) {
          query.addAll(List.of(version == 1 ? "marker" : "continuation-token", from));
        }
        Talk.Page page = talk.list(version, bucket, query.toArray(String[]::new));
        seen.addAll(page.keys());
        seenPrefixes.addAll(page.prefixes());
        int size = page.keys().size() + page.prefixes().size();
        assertThat(size).isLessThanOrEqualTo(max);
        more = page.truncated();
        if (more) {
          assertThat(size).isEqualTo(max);
          from =
              version == 2
                  ? page.text("NextContinuationToken")
                  : page.xml().child("NextMarker").orElseGet(() -> page.keys().getLast());
        }
      }
      assertThat(seen).isEqualTo(expected);
      assertThat(seenPrefixes).isEqualTo(prefixes);
    }
  }

  private static void both(Behaviours all, String name, Case listing) {
    all.add("bucket_list_" + name, talk -> listing.check(talk, 1));
    all.add("bucket_listv2_" + name, talk -> listing.check(talk, 2));
  }

  private static Case delimited(
      List<String> keys, String delimiter, List<String> expected, List<String> prefixes) {
    return new Case(keys, "-", delimiter, expected, prefixes);
  }

  private static Case prefixed(List<String> keys, String prefix, List<String> expected) {
    return new Case(keys, prefix, "-", expected, List.of());
  }

  static void addTo(Behaviours all) {
    var paths = List.of("foo/bar", "foo/bar/xyzzy", "quux/thud", "asdf");
    both(all, "delimiter_basic", delimited(paths, "/", List.of("asdf"), List.of("foo/", "quux/")));
    var tree = List.of("asdf", "boo/bar", "boo/baz/xyzzy", "cquux/thud", "cquux/bla");
    both(
        all,
        "delimiter_prefix",
        new Case(tree, "boo/", "/", List.of("boo/bar"), List.of("boo/baz/")));
    both(
        all,
        "delimiter_prefix_ends_with_delimiter",
        new Case(List.of("asdf/"), "asdf/", "/", List.of("asdf/"), List.of()));
    both(
        all,
        "delimiter_alt",
        delimited(List.of("bar", "baz", "cab", "foo"), "a", List.of("foo"), List.of("ba", "ca")));
    var underscores = List.of("_obj1_", "_under1/bar", "_under1/baz/xyzzy", "_under2/thud");
    both(
        all,
        "delimiter_prefix_underscore",
        new Case(underscores, "_", "/", List.of("_obj1_"), List.of("_under1/", "_under2/")));
    both(all, "delimiter_percentage", by("%"));
    both(all, "delimiter_whitespace", by(" "));
    both(all, "delimiter_dot", by("."));
    var plain = List.of("bar", "baz", "cab", "foo");
    both(all, "delimiter_unreadable", delimited(plain, "\n", plain, List.of()));
    both(all, "delimiter_empty", delimited(plain, "", plain, List.of()));
    both(all, "delimiter_none", delimited(plain, "-", plain, List.of()));
    both(all, "delimiter_not_exist", delimited(plain, "/", plain, List.of()));
    var special = new ArrayList<>(List.of("0/"));
    for (int i = 1000; i < 1019; i++) {
      special.add("0/" + i);
    }
    special.addAll(List.of("1999", "1999#", "1999+", "2000"));
    all.add(
        "bucket_list_delimiter_not_skip_special",
        talk ->
            delimited(special, "/", List.of("1999", "1999#", "1999+", "2000"), List.of("0/"))
                .check(talk, 1));
    var prefixes = List.of("foo/bar", "foo/baz", "quux");
    var sorted = List.of("foo/bar", "foo/baz", "quux");
    both(all, "prefix_basic", prefixed(prefixes, "foo/", List.of("foo/bar", "foo/baz")));
    both(all, "prefix_alt", prefixed(List.of("bar", "baz", "foo"), "ba", List.of("bar", "baz")));
    both(all, "prefix_empty", prefixed(prefixes, "", sorted));
    both(all, "prefix_none", prefixed(prefixes, "-", sorted));
    both(all, "prefix_not_exist", prefixed(prefixes, "d", List.of()));
    both(all, "prefix_unreadable", prefixed(prefixes, "\n", List.of()));
    both(
        all,
        "prefix_delimiter_basic",
        new Case(
            List.of("foo/bar", "foo/baz/xyzzy", "quux/thud", "asdf"),
            "foo/",
            "/",
            List.of("foo/bar"),
            List.of("foo/baz/")));
    both(
        all,
        "prefix_delimiter_alt",
        new Case(
            List.of("bar", "bazar", "cab", "foo"), "ba", "a", List.of("bar"), List.of("baza")));
    var deep = List.of("b/a/c", "b/a/g", "b/a/r", "g");
    both(all, "prefix_delimiter_prefix_not_exist", new Case(deep, "d", "/", List.of(), List.of()));
    both(
        all,
        "prefix_delimiter_delimiter_not_exist",
        new Case(deep, "b", "z", List.of("b/a/c", "b/a/g", "b/a/r"), List.of()));
    both(
        all,
        "prefix_delimiter_prefix_delimiter_not_exist",
        new Case(deep, "y", "z", List.of(), List.of()));
    for (int version = 1; version <= 2; version++) {
      int v = version;
      all.add("bucket_list" + (v == 1 ? "" : "v2") + "_encoding_basic", t -> encoding(t, v));
    }
  }

  private static Case by(String delimiter) {
    return delimited(
        List.of("b" + delimiter + "ar", "b" + delimiter + "az", "c" + delimiter + "ab", "foo"),
        delimiter,
        List.of("foo"),
        List.of("b" + delimiter, "c" + delimiter));
  }

  private static void encoding(Talk talk, int version) throws IOException {
    String bucket = talk.bucket(List.of("foo+1/bar", "foo/bar/xyzzy", "quux ab/thud", "asdf+b"));
    Talk.Page page = talk.list(version, bucket, "delimiter", "/", "encoding-type", "url");
    assertThat(page.text("EncodingType")).isEqualTo("url");
    assertThat(page.keys()).containsExactly("asdf%2Bb");
    assertThat(page.prefixes()).containsExactly("foo%2B1/", "foo/", "quux%20ab/");
  }
}

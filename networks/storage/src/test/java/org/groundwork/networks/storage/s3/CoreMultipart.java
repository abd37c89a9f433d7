package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Uploads in parts. */
final class CoreMultipart {
  private static final int MIB = 1 << 20;
  private static final byte[] PART = Talk.bytes(5 * MIB, 11);

  private CoreMultipart() {}

  static void addTo(Behaviours all) {
    all.add("multipart_upload_empty", CoreMultipart::empty);
    all.add("multipart_upload_complete_without_create", CoreMultipart::withoutCreate);
    all.add("multipart_upload_small", talk -> sizes(talk, new byte[1]));
    all.add("multipart_upload", CoreMultipart::withMetadata);
    all.add("multipart_upload_resend_part", CoreMultipart::resend);
    all.add(
        "multipart_upload_multiple_sizes",
        talk -> {
          sizes(talk, PART);
          sizes(talk, PART, Talk.bytes(100 * 1024, 1));
          sizes(talk, PART, Talk.bytes(600 * 1024, 2));
          sizes(talk, PART, PART);
          sizes(talk, PART, PART, new byte[0]);
        });
    all.add("multipart_upload_size_too_small", CoreMultipart::tooSmall);
    all.add("multipart_upload_contents", talk -> sizes(talk, PART, PART, Talk.utf8("tail")));
    all.add("multipart_upload_overwrite_existing_object", CoreMultipart::overwrite);
    all.add("abort_multipart_upload", CoreMultipart::abort);
    all.add("abort_multipart_upload_not_found", CoreMultipart::abortNothing);
    all.add("list_multipart_upload", CoreMultipart::list);
    all.add("list_multipart_upload_owner", CoreMultipart::listOwner);
    all.add("multipart_upload_missing_part", CoreMultipart::missingPart);
    all.add("multipart_upload_incorrect_etag", CoreMultipart::incorrectTag);
    all.add("multipart_get_part", CoreMultipart::getPart);
    all.add("multipart_single_get_part", CoreMultipart::getSinglePart);
    all.add("non_multipart_get_part", CoreMultipart::getPartOfPlain);
    all.add("multipart_resend_first_finishes_last", CoreMultipart::resendFirst);
  }

  private static void ok(RawClient.Response response) {
    assertThat(response.status()).as(response.text()).isEqualTo(200);
  }

  private static void empty(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    Talk.refused(talk.complete(bucket, "key", upload, List.of()), 400, "MalformedXML");
  }

  private static void withoutCreate(Talk talk) throws IOException {
    String bucket = talk.bucket();
    Talk.refused(
        talk.complete(bucket, "key", "0".repeat(32), List.of("\"x\"")), 404, "NoSuchUpload");
  }

  private static void sizes(Talk talk, byte[]... parts) throws IOException {
    String bucket = talk.bucket();
    talk.multipart(bucket, "key", List.of(parts));
    var whole = new ByteArrayOutputStream();
    var digest = SigV4.digest("MD5");
    for (byte[] part : parts) {
      whole.write(part);
      digest.update(SigV4.digest("MD5").digest(part));
    }
    RawClient.Response response = talk.get(bucket, "key");
    assertThat(response.body().toArray()).isEqualTo(whole.toByteArray());
    assertThat(response.header("etag"))
        .isEqualTo("\"" + HexFormat.of().formatHex(digest.digest()) + "-" + parts.length + "\"");
  }

  private static void withMetadata(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload =
        talk.startUpload(bucket, "key", "content-type", "text/bla", "x-amz-meta-foo", "bar");
    var tags = new ArrayList<String>();
    for (int number = 1; number <= 2; number++) {
      tags.add(talk.part(bucket, "key", upload, number, PART));
    }
    ok(talk.complete(bucket, "key", upload, tags));
    RawClient.Response head = talk.head(bucket, "key");
    assertThat(head.header("content-type")).isEqualTo("text/bla");
    assertThat(head.header("x-amz-meta-foo")).isEqualTo("bar");
    assertThat(head.header("content-length")).isEqualTo(Integer.toString(2 * PART.length));
    assertThat(talk.list(1, bucket).keys()).containsExactly("key");
  }

  private static void resend(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    talk.part(bucket, "key", upload, 1, Talk.bytes(5 * MIB, 12));
    String first = talk.part(bucket, "key", upload, 1, PART);
    talk.part(bucket, "key", upload, 2, Talk.utf8("other"));
    String second = talk.part(bucket, "key", upload, 2, Talk.utf8("tail"));
    ok(talk.complete(bucket, "key", upload, List.of(first, second)));
    byte[] body = talk.get(bucket, "key").body().toArray();
    assertThat(body).startsWith(PART).endsWith(Talk.utf8("tail")).hasSize(PART.length + 4);
  }

  private static void tooSmall(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    var tags = new ArrayList<String>();
    for (int number = 1; number <= 2; number++) {
      tags.add(talk.part(bucket, "key", upload, number, Talk.bytes(100 * 1024, number)));
    }
    Talk.refused(talk.complete(bucket, "key", upload, tags), 400, "EntityTooSmall");
  }

  private static void overwrite(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("key"));
    talk.multipart(bucket, "key", List.of(PART, Talk.utf8("x")));
    assertThat(talk.head(bucket, "key").header("content-length"))
        .isEqualTo(Integer.toString(PART.length + 1));
  }

  private static void abort(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    String tag = talk.part(bucket, "key", upload, 1, Talk.utf8("x"));
    assertThat(talk.send("DELETE", "/" + bucket + "/key", "uploadId", upload).status())
        .isEqualTo(204);
    Talk.refused(talk.complete(bucket, "key", upload, List.of(tag)), 404, "NoSuchUpload");
    assertThat(talk.list(1, bucket).keys()).isEmpty();
  }

  private static void abortNothing(Talk talk) throws IOException {
    Talk.refused(
        talk.send("DELETE", "/" + talk.bucket() + "/key", "uploadId", "56788"),
        404,
        "NoSuchUpload");
  }

  private static List<XmlNode> uploads(Talk talk, String bucket) throws IOException {
    return Talk.xml(talk.send("GET", "/" + bucket, "uploads", ""), "ListMultipartUploadsResult")
        .all("Upload");
  }

  private static void list(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String one = talk.startUpload(bucket, "one");
    String two = talk.startUpload(bucket, "one");
    String three = talk.startUpload(bucket, "two");
    talk.part(bucket, "one", one, 1, Talk.utf8("x"));
    assertThat(uploads(talk, bucket).stream().map(u -> u.child("UploadId").orElse("")))
        .containsExactlyInAnyOrder(one, two, three);
    XmlNode parts =
        Talk.xml(talk.send("GET", "/" + bucket + "/one", "uploadId", one), "ListPartsResult");
    assertThat(parts.all("Part")).hasSize(1);
  }

  private static void listOwner(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.acl("/" + bucket, "public-read-write");
    talk.startUpload(bucket, "one");
    talk.as(Endpoint.OTHER).startUpload(bucket, "two");
    for (XmlNode upload : uploads(talk, bucket)) {
      User user = upload.child("Key").orElse("").equals("one") ? User.FIRST : Endpoint.OTHER.user();
      for (String who : List.of("Owner", "Initiator")) {
        assertThat(upload.all(who).getFirst().child("ID")).contains(user.id());
        assertThat(upload.all(who).getFirst().child("DisplayName")).contains(user.name());
      }
    }
  }

  private static void missingPart(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    String tag = talk.part(bucket, "key", upload, 9999, Talk.utf8("x"));
    Talk.refused(talk.complete(bucket, "key", upload, List.of(tag)), 400, "InvalidPart");
  }

  private static void incorrectTag(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    talk.part(bucket, "key", upload, 1, Talk.utf8("x"));
    Talk.refused(
        talk.complete(bucket, "key", upload, List.of("\"ffffffffffffffffffffffffffffffff\"")),
        400,
        "InvalidPart");
  }

  private static RawClient.Response part(Talk talk, String bucket, int number) throws IOException {
    return talk.send("GET", "/" + bucket + "/key", "partNumber", Integer.toString(number));
  }

  private static void getPart(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String etag =
        Talk.xml(
                talk.multipart(bucket, "key", List.of(PART, Talk.utf8("tail"))),
                "CompleteMultipartUploadResult")
            .child("ETag")
            .orElse("");
    assertThat(part(talk, bucket, 1).body().toArray()).isEqualTo(PART);
    RawClient.Response second = part(talk, bucket, 2);
    assertThat(second.status()).isEqualTo(206);
    assertThat(second.text()).isEqualTo("tail");
    assertThat(second.header("x-amz-mp-parts-count")).isEqualTo("2");
    assertThat(second.header("etag")).isEqualTo(etag);
    Talk.refused(part(talk, bucket, 5), 400, "InvalidPart");
  }

  private static void getSinglePart(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.multipart(bucket, "key", List.of(Talk.utf8("only")));
    RawClient.Response only = part(talk, bucket, 1);
    assertThat(only.text()).isEqualTo("only");
    assertThat(only.header("x-amz-mp-parts-count")).isEqualTo("1");
    Talk.refused(part(talk, bucket, 5), 400, "InvalidPart");
  }

  private static void getPartOfPlain(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("key"));
    RawClient.Response whole = part(talk, bucket, 1);
    assertThat(whole.text()).isEqualTo("key");
    assertThat(whole.headers()).doesNotContainKey("x-amz-mp-parts-count");
    Talk.refused(part(talk, bucket, 2), 400, "InvalidPart");
  }

  /** The part that was finished last counts, not the one that was begun last. */
  private static void resendFirst(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key");
    RawClient.Request slow = talk.partRequest(bucket, "key", upload, 1);
    slow.body = Talk.bytes(8 * MIB, 13);
    slow.pause = () -> talk.part(bucket, "key", upload, 1, PART);
    RawClient.Response response = slow.send();
    ok(response);
    ok(talk.complete(bucket, "key", upload, List.of(response.header("etag"))));
    assertThat(talk.get(bucket, "key").body().toArray()).isEqualTo(slow.body);
  }
}

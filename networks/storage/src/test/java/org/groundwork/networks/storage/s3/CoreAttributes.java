package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What an object is, asked for without its bytes. */
final class CoreAttributes {
  private static final int MIB = 1 << 20;
  private static final String ALL = "ETag,Checksum,ObjectParts,StorageClass,ObjectSize";

  private CoreAttributes() {}

  static void addTo(Behaviours all) {
    all.add("get_object_attributes", CoreAttributes::plain);
    all.add("get_checksum_object_attributes", CoreAttributes::checksum);
    all.add("get_versioned_object_attributes", CoreAttributes::versioned);
    all.add("get_multipart_object_attributes", CoreAttributes::multipart);
    all.add("get_paginated_multipart_object_attributes", CoreAttributes::paginated);
    all.add("get_single_multipart_object_attributes", CoreAttributes::single);
  }

  private static RawClient.Response ask(
      Talk talk, String bucket, String attributes, String... query) throws IOException {
    var all = new ArrayList<>(List.of("attributes", ""));
    all.addAll(List.of(query));
    return talk.request("GET", "/" + bucket + "/key", all.toArray(String[]::new))
        .header("x-amz-object-attributes", attributes)
        .send();
  }

  private static XmlNode attributes(Talk talk, String bucket) throws IOException {
    return Talk.xml(ask(talk, bucket, ALL), "GetObjectAttributesResponse");
  }

  private static void plain(Talk talk) throws IOException {
    String bucket = talk.bucket(List.of("key"));
    XmlNode xml = attributes(talk, bucket);
    assertThat(xml.child("ETag")).contains("3c6e0b8a9c15224a8228b9a98ca1531d");
    assertThat(xml.child("ObjectSize")).contains("3");
    assertThat(xml.child("StorageClass")).contains("STANDARD");
    assertThat(xml.all("ObjectParts")).isEmpty();
    assertThat(xml.all("Checksum")).isEmpty();
    XmlNode some = Talk.xml(ask(talk, bucket, "ObjectSize"), "GetObjectAttributesResponse");
    assertThat(some.children()).hasSize(1);
    Talk.refused(ask(talk, bucket, "Nonsense"), 400, "InvalidArgument");
  }

  private static void checksum(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String sum = Base64.getEncoder().encodeToString(SigV4.sha256().digest(Talk.utf8("hello")));
    talk.request("PUT", "/" + bucket + "/key")
        .body("hello")
        .header("x-amz-checksum-sha256", sum)
        .send();
    XmlNode node = attributes(talk, bucket).all("Checksum").getFirst();
    assertThat(node.child("ChecksumSHA256")).contains(sum);
    assertThat(node.child("ChecksumType")).contains("FULL_OBJECT");
  }

  private static void versioned(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.versioning(bucket, "Enabled");
    String id = talk.put(bucket, "key", "old").header("x-amz-version-id");
    talk.put(bucket, "key", "newer");
    RawClient.Response response = ask(talk, bucket, ALL, "versionId", id);
    assertThat(response.header("x-amz-version-id")).isEqualTo(id);
    assertThat(response.header("last-modified")).isNotEmpty();
    assertThat(Talk.xml(response, "GetObjectAttributesResponse").child("ObjectSize")).contains("3");
    assertThat(attributes(talk, bucket).child("ObjectSize")).contains("5");
  }

  /** Three parts with their SHA-256. */
  private static String threeParts(Talk talk) throws IOException {
    String bucket = talk.bucket();
    String upload = talk.startUpload(bucket, "key", "x-amz-checksum-algorithm", "SHA256");
    var tags = new ArrayList<String>();
    for (int number = 1; number <= 3; number++) {
      tags.add(talk.part(bucket, "key", upload, number, Talk.bytes(5 * MIB, number)));
    }
    assertThat(talk.complete(bucket, "key", upload, tags).status()).isEqualTo(200);
    return bucket;
  }

  private static String sum(int number) {
    return Base64.getEncoder().encodeToString(SigV4.sha256().digest(Talk.bytes(5 * MIB, number)));
  }

  private static void multipart(Talk talk) throws IOException {
    XmlNode xml = attributes(talk, threeParts(talk));
    assertThat(xml.child("ObjectSize")).contains(Integer.toString(15 * MIB));
    assertThat(xml.child("ETag").orElse("")).endsWith("-3");
    assertThat(xml.all("Checksum").getFirst().child("ChecksumType")).contains("COMPOSITE");
    XmlNode parts = xml.all("ObjectParts").getFirst();
    assertThat(parts.child("TotalPartsCount")).contains("3");
    assertThat(parts.child("IsTruncated")).contains("false");
    int number = 1;
    for (XmlNode part : parts.all("Part")) {
      assertThat(part.child("PartNumber")).contains(Integer.toString(number));
      assertThat(part.child("Size")).contains(Integer.toString(5 * MIB));
      assertThat(part.child("ChecksumSHA256")).contains(sum(number));
      number++;
    }
    assertThat(number).isEqualTo(4);
  }

  private static void paginated(Talk talk) throws IOException {
    String bucket = threeParts(talk);
    String marker = "0";
    for (int number = 1; number <= 3; number++) {
      RawClient.Response response =
          talk.request("GET", "/" + bucket + "/key", "attributes", "")
              .header("x-amz-object-attributes", "ObjectParts")
              .header("x-amz-max-parts", "1")
              .header("x-amz-part-number-marker", marker)
              .send();
      XmlNode parts =
          Talk.xml(response, "GetObjectAttributesResponse").all("ObjectParts").getFirst();
      assertThat(parts.child("PartNumberMarker")).contains(marker);
      assertThat(parts.child("MaxParts")).contains("1");
      assertThat(parts.child("IsTruncated")).contains(Boolean.toString(number < 3));
      assertThat(parts.all("Part")).hasSize(1);
      assertThat(parts.all("Part").getFirst().child("PartNumber"))
          .contains(Integer.toString(number));
      marker = parts.child("NextPartNumberMarker").orElse("");
      assertThat(marker).isEqualTo(Integer.toString(number));
    }
  }

  private static void single(Talk talk) throws IOException {
    String bucket = talk.bucket();
    talk.multipart(bucket, "key", List.of(Talk.utf8("only")));
    XmlNode parts = attributes(talk, bucket).all("ObjectParts").getFirst();
    assertThat(parts.child("TotalPartsCount")).contains("1");
    assertThat(parts.all("Part")).hasSize(1);
    assertThat(parts.all("Part").getFirst().child("Size")).contains("4");
  }
}

package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks to the endpoint as one of its users, or as nobody. */
final class Talk {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final RawClient client;
  private final Optional<Users.Key> key;

  Talk(RawClient client, Optional<Users.Key> key) {
    this.client = client;
    this.key = key;
  }

  static Talk first(int port) {
    var user = new Users.Key(Endpoint.ACCESS_KEY, Endpoint.SECRET, User.FIRST);
    return new Talk(new RawClient(port), Optional.of(user));
  }

  Talk as(Users.Key other) {
    return new Talk(client, Optional.of(other));
  }

  Talk anonymous() {
    return new Talk(client, Optional.empty());
  }

  /** Path with the key as it is, query of names and values in turn. */
  RawClient.Request request(String method, String path, String... query) {
    var text = new StringBuilder();
    for (int i = 0; i < query.length; i += 2) {
      text.append(i == 0 ? "" : "&").append(query[i]);
      if (!query[i + 1].isEmpty() || query.length > 2) {
        text.append('=').append(Percent.encode(query[i + 1]));
      }
    }
    RawClient.Request request = client.request(method, Percent.encodePath(path), text.toString());
    key.ifPresentOrElse(
        k -> {
          request.accessKey = k.accessKey();
          request.secret = k.secret();
        },
        () -> request.anonymous = true);
    return request;
  }

  RawClient.Response send(String method, String path, String... query) throws IOException {
    return request(method, path, query).send();
  }

  int port() {
    return client.port();
  }

  static String newName() {
    return "b" + BUCKETS.incrementAndGet() + "-behaviours";
  }

  /** A new bucket. */
  String bucket() throws IOException {
    String name = newName();
    assertThat(send("PUT", "/" + name).status()).isEqualTo(200);
    return name;
  }

  String bucket(List<String> keys) throws IOException {
    String name = bucket();
    for (String each : keys) {
      put(name, each, each);
    }
    return name;
  }

  RawClient.Response put(String bucket, String name, String body) throws IOException {
    RawClient.Response response = request("PUT", "/" + bucket + "/" + name).body(body).send();
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return response;
  }

  RawClient.Response get(String bucket, String name) throws IOException {
    return send("GET", "/" + bucket + "/" + name);
  }

  RawClient.Response head(String bucket, String name) throws IOException {
    return send("HEAD", "/" + bucket + "/" + name);
  }

  void content(String bucket, String name, String body) throws IOException {
    RawClient.Response response = get(bucket, name);
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    assertThat(response.text()).isEqualTo(body);
  }

  static void refused(RawClient.Response response, int status, String code) {
    assertThat(response.status()).as(response.text()).isEqualTo(status);
    assertThat(response.code()).isEqualTo(code);
  }

  static XmlNode xml(RawClient.Response response, String root) throws S3Exception {
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return XmlNode.parse(response.body().toArray(), root);
  }

  /** A page of a listing. */
  record Page(XmlNode xml, List<String> keys, List<String> prefixes) {
    String text(String element) {
      return xml.child(element).orElse("absent");
    }

    boolean truncated() {
      return text("IsTruncated").equals("true");
    }
  }

  /**
   * @param version of the operation, 1 or 2
   */
  Page list(int version, String bucket, String... query) throws IOException {
    var all = new ArrayList<>(List.of(query));
    if (version == 2) {
      all.addAll(List.of("list-type", "2"));
    }
    XmlNode xml = xml(send("GET", "/" + bucket, all.toArray(String[]::new)), "ListBucketResult");
    return new Page(
        xml,
        xml.all("Contents").stream().map(c -> c.child("Key").orElse("")).toList(),
        xml.all("CommonPrefixes").stream().map(c -> c.child("Prefix").orElse("")).toList());
  }

  String startUpload(String bucket, String name, String... headers) throws IOException {
    RawClient.Request request = request("POST", "/" + bucket + "/" + name, "uploads", "");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return xml(request.send(), "InitiateMultipartUploadResult").child("UploadId").orElse("");
  }

  /** Uploads a part; its tag, in quotes. */
  String part(String bucket, String name, String upload, int number, byte[] body)
      throws IOException {
    RawClient.Request request = partRequest(bucket, name, upload, number);
    request.body = body;
    RawClient.Response response = request.send();
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return response.header("etag");
  }

  RawClient.Request partRequest(String bucket, String name, String upload, int number) {
    return request(
        "PUT",
        "/" + bucket + "/" + name,
        "partNumber",
        Integer.toString(number),
        "uploadId",
        upload);
  }

  RawClient.Request completeRequest(String bucket, String name, String upload, List<String> tags) {
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < tags.size(); i++) {
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
      xml.append(tags.get(i).replace("\"", "&quot;")).append("</ETag></Part>");
    }
    return request("POST", "/" + bucket + "/" + name, "uploadId", upload)
        .body(xml + "</CompleteMultipartUpload>");
  }

  RawClient.Response complete(String bucket, String name, String upload, List<String> tags)
      throws IOException {
    return completeRequest(bucket, name, upload, tags).send();
  }

  /** An object made of these parts. */
  RawClient.Response multipart(String bucket, String name, List<byte[]> parts) throws IOException {
    String upload = startUpload(bucket, name);
    var tags = new ArrayList<String>();
    for (byte[] part : parts) {
      tags.add(part(bucket, name, upload, tags.size() + 1, part));
    }
    RawClient.Response response = complete(bucket, name, upload, tags);
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return response;
  }

  void versioning(String bucket, String status) throws IOException {
    RawClient.Response response =
        request("PUT", "/" + bucket, "versioning", "")
            .body(
                "<VersioningConfiguration><Status>"
                    + status
                    + "</Status></VersioningConfiguration>")
            .send();
    assertThat(response.status()).as(response.text()).isEqualTo(200);
  }

  void acl(String path, String canned) throws IOException {
    RawClient.Response response =
        request("PUT", path, "acl", "").header("x-amz-acl", canned).send();
    assertThat(response.status()).as(response.text()).isEqualTo(200);
  }

  static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

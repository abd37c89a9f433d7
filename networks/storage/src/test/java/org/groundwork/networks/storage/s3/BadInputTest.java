package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients do wrong: each gets its code, and nothing is kept. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BadInputTest {
  @TempDir Path directory;
  private Endpoint endpoint;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    endpoint = new Endpoint(directory);
    client = new RawClient(endpoint.server.port());
    assertThat(client.put("/bucket", "").send().status()).isEqualTo(200);
    assertThat(client.put("/bucket/key", "0123456789").send().status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private interface Try {
    RawClient.Response run() throws IOException;
  }

  private record Case(String expected, String name, Try request) {}

  private static Case c(String expected, String name, Try request) {
    return new Case(expected, name, request);
  }

  private String startUpload() throws IOException {
    String xml = client.request("POST", "/bucket/parts", "uploads").send().text();
    return xml.substring(xml.indexOf("<UploadId>") + 10, xml.indexOf("</UploadId>"));
  }

  private String part(String upload, int number, String body) throws IOException {
    return client
        .request("PUT", "/bucket/parts", "partNumber=" + number + "&uploadId=" + upload)
        .body(body)
        .send()
        .header("etag");
  }

  private RawClient.Response complete(String upload, String... numbersAndTags) throws IOException {
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < numbersAndTags.length; i += 2) {
      xml.append("<Part><PartNumber>").append(numbersAndTags[i]).append("</PartNumber><ETag>");
      xml.append(numbersAndTags[i + 1].replace("\"", "&quot;")).append("</ETag></Part>");
    }
    return client
        .request("POST", "/bucket/parts", "uploadId=" + upload)
        .body(xml + "</CompleteMultipartUpload>")
        .send();
  }

  private List<Case> signatures() {
    return List.of(
        c(
            "SignatureDoesNotMatch",
            "a wrong secret",
            () -> client.get("/bucket/key").with(r -> r.secret = "wrong").send()),
        c(
            "SignatureDoesNotMatch",
            "a header changed on the way",
            () -> client.put("/bucket/other", "abc").sign().header("host", "x").send()),
        c(
            "InvalidAccessKeyId",
            "an unknown key",
            () -> client.get("/bucket/key").with(r -> r.accessKey = "AKNOBODY").send()),
        c("AccessDenied", "no signature", () -> client.get("/bucket/key").sendAsIs()),
        c(
            "RequestTimeTooSkewed",
            "an old date",
            () ->
                client
                    .get("/bucket/key")
                    .with(r -> r.date = r.date.minus(Duration.ofMinutes(16)))
                    .send()),
        c(
            "RequestTimeTooSkewed",
            "a future date",
            () ->
                client
                    .get("/bucket/key")
                    .with(r -> r.date = r.date.plus(Duration.ofMinutes(16)))
                    .send()),
        c(
            "AccessDenied",
            "an amz header outside of the signature",
            () ->
                client
                    .put("/bucket/k", "x")
                    .sign()
                    .with(r -> r.unsigned.put("x-amz-meta-a", "b"))
                    .send()),
        c(
            "AuthorizationHeaderMalformed",
            "nonsense as authorization",
            () ->
                client
                    .get("/bucket/key")
                    .with(r -> r.unsigned.put("authorization", "AWS4-HMAC-SHA256 nonsense"))
                    .sendAsIs()),
        c(
            "InvalidRequest",
            "signature version 2",
            () ->
                client
                    .get("/bucket/key")
                    .with(r -> r.unsigned.put("authorization", "AWS AKID:c2ln"))
                    .sendAsIs()),
        c(
            "AuthorizationQueryParametersError",
            "a presigned URL for eight days",
            () -> client.request("GET", "/bucket/key", presigned(691200)).sendAsIs()),
        c(
            "SignatureDoesNotMatch",
            "a presigned URL with a wrong signature",
            () -> client.request("GET", "/bucket/key", presigned(60)).sendAsIs()));
  }

  private static String presigned(int seconds) {
    String now =
        java.time.format.DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(java.time.ZoneOffset.UTC)
            .format(java.time.Instant.now());
    return "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
        + Endpoint.ACCESS_KEY
        + "%2F"
        + now.substring(0, 8)
        + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date="
        + now
        + "&X-Amz-Expires="
        + seconds
        + "&X-Amz-SignedHeaders=host&X-Amz-Signature=00";
  }

  private List<Case> names() {
    return List.of(
        c("NoSuchBucket", "a missing bucket", () -> client.get("/none-such/key").send()),
        c("NoSuchBucket", "listing a missing bucket", () -> client.get("/none-such").send()),
        c("NoSuchBucket", "writing there", () -> client.put("/none-such/key", "x").send()),
        c("NoSuchKey", "a missing key", () -> client.get("/bucket/none").send()),
        c("404", "HEAD of it", () -> client.request("HEAD", "/bucket/none", "").send()),
        c("InvalidBucketName", "capitals", () -> client.put("/Bucket", "").send()),
        c("InvalidBucketName", "two letters", () -> client.put("/ab", "").send()),
        c("InvalidBucketName", "an address", () -> client.put("/10.0.0.1", "").send()),
        c("BucketAlreadyOwnedByYou", "again", () -> client.put("/bucket", "").send()),
        c("BucketNotEmpty", "full", () -> client.request("DELETE", "/bucket", "").send()),
        c(
            "KeyTooLongError",
            "1025 bytes of key",
            () -> client.put("/bucket/" + "k".repeat(1025), "x").send()),
        c(
            "200",
            "1024 bytes of key, all encoded",
            () -> client.put("/bucket/" + "%01".repeat(1024), "x").send()),
        c(
            "InvalidURI",
            "a key that is not UTF-8",
            () -> raw("GET /bucket/%ff%fe HTTP/1.1\r\nhost: x\r\n\r\n")),
        c(
            "NoSuchBucketPolicy",
            "a policy that is not there",
            () -> client.request("GET", "/bucket", "policy").send()),
        c(
            "NotImplemented",
            "encryption by the server",
            () ->
                client
                    .put("/bucket/k", "x")
                    .header("x-amz-server-side-encryption", "AES256")
                    .send()),
        c("MethodNotAllowed", "PATCH", () -> client.request("PATCH", "/bucket/key", "").send()));
  }

  private RawClient.Response raw(String head) throws IOException {
    return client.exchange(head, new byte[0], 0, false);
  }

  private List<Case> bodies() {
    return List.of(
        c(
            "XAmzContentSHA256Mismatch",
            "a body that is not the signed one",
            () -> client.put("/bucket/k", "signed").sign().body("mangle").send()),
        c(
            "InvalidDigest",
            "an impossible Content-MD5",
            () -> client.put("/bucket/k", "x").header("content-md5", "short").send()),
        c(
            "BadDigest",
            "another's Content-MD5",
            () ->
                client
                    .put("/bucket/k", "x")
                    .header("content-md5", Base64.getEncoder().encodeToString(new byte[16]))
                    .send()),
        c(
            "BadDigest",
            "another's CRC32",
            () -> client.put("/bucket/k", "x").header("x-amz-checksum-crc32", "AAAAAA==").send()),
        c(
            "InvalidRequest",
            "a CRC32 that cannot be one",
            () -> client.put("/bucket/k", "x").header("x-amz-checksum-crc32", "AA==").send()),
        c(
            "IncompleteBody",
            "a client that leaves",
            () -> client.put("/bucket/k", "x".repeat(100)).with(r -> r.sent = 50).send()),
        c(
            "EntityTooLarge",
            "more than 5 TiB",
            () ->
                client
                    .put("/bucket/k", "x")
                    .header("content-length", Long.toString((5L << 40) + 1))
                    .header("expect", "100-continue")
                    .with(r -> r.sent = 0)
                    .send()),
        c(
            "MetadataTooLarge",
            "2049 bytes of metadata",
            () -> client.put("/bucket/k", "x").header("x-amz-meta-a", "m".repeat(2048)).send()),
        c(
            "MissingContentLength",
            "chunks without the decoded length",
            () ->
                client
                    .put("/bucket/k", "x")
                    .header("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                    .send()),
        c("InvalidRequest", "nonsense instead of chunks", () -> chunked("zz\r\n", 5)),
        c("IncompleteBody", "chunks that break off", () -> chunked("5\r\nab", 5)),
        c("IncompleteBody", "fewer bytes than announced", () -> chunked("2\r\nab\r\n0\r\n\r\n", 5)),
        c("IncompleteBody", "more than announced", () -> chunked("3\r\nabc\r\n0\r\n\r\n", 2)),
        c(
            "InvalidRequest",
            "bytes after the last chunk",
            () -> chunked("2\r\nab\r\n0\r\n\r\nmore", 2)),
        c(
            "BadDigest",
            "a trailer with another's checksum",
            () ->
                chunked(
                    "2\r\nab\r\n0\r\nx-amz-checksum-crc32c:AAAAAA==\r\n\r\n",
                    2,
                    Map.of("x-amz-trailer", "x-amz-checksum-crc32c"))),
        c(
            "InvalidRequest",
            "a promised checksum that does not come",
            () ->
                chunked(
                    "2\r\nab\r\n0\r\n\r\n", 2, Map.of("x-amz-trailer", "x-amz-checksum-crc32c"))));
  }

  private RawClient.Response chunked(String framed, int decoded) throws IOException {
    return chunked(framed, decoded, Map.of());
  }

  private RawClient.Response chunked(String framed, int decoded, Map<String, String> headers)
      throws IOException {
    return client
        .put("/bucket/k", framed)
        .header("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
        .header("x-amz-decoded-content-length", Integer.toString(decoded))
        .with(r -> r.headers.putAll(headers))
        .send();
  }

  private List<Case> ranges() {
    return List.of(
        c("InvalidRange", "beyond the end", () -> range("bytes=10-")),
        c("InvalidRange", "no last byte", () -> range("bytes=-0")),
        c("206", "the last three", () -> range("bytes=-3")),
        c("206", "more than there is", () -> range("bytes=5-500")),
        c("200", "nonsense is ignored", () -> range("bytes=5-2")),
        c("200", "two ranges are ignored", () -> range("bytes=0-1,3-4")),
        c("PreconditionFailed", "another tag", () -> reading("if-match", "\"x\"")),
        c("304", "the same tag", () -> reading("if-none-match", etag())),
        c("200", "the right tag", () -> reading("if-match", etag())),
        c(
            "PreconditionFailed",
            "If-None-Match of a write",
            () -> client.put("/bucket/key", "x").header("if-none-match", "*").send()),
        c(
            "200",
            "If-None-Match of a first write",
            () -> client.put("/bucket/new", "x").header("if-none-match", "*").send()));
  }

  private String etag() throws IOException {
    return client.request("HEAD", "/bucket/key", "").send().header("etag");
  }

  private RawClient.Response reading(String header, String value) throws IOException {
    return client.get("/bucket/key").header(header, value).send();
  }

  private RawClient.Response range(String range) throws IOException {
    return reading("range", range);
  }

  private List<Case> multiparts() {
    return List.of(
        c("NoSuchUpload", "an unknown upload", () -> complete("0".repeat(32), "1", "\"x\"")),
        c(
            "EntityTooSmall",
            "a small first part",
            () -> {
              String id = startUpload();
              return complete(id, "1", part(id, 1, "a"), "2", part(id, 2, "b"));
            }),
        c(
            "InvalidPart",
            "a part that was not uploaded",
            () -> {
              String id = startUpload();
              part(id, 1, "a");
              return complete(id, "2", "\"" + "0".repeat(32) + "\"");
            }),
        c(
            "InvalidPart",
            "another tag",
            () -> {
              String id = startUpload();
              part(id, 1, "a");
              return complete(id, "1", "\"" + "0".repeat(32) + "\"");
            }),
        c(
            "InvalidPartOrder",
            "parts out of order",
            () -> {
              String id = startUpload();
              return complete(id, "2", part(id, 2, "a"), "1", part(id, 1, "b"));
            }),
        c(
            "InvalidArgument",
            "part 10001",
            () ->
                client
                    .request("PUT", "/bucket/parts", "partNumber=10001&uploadId=" + startUpload())
                    .body("x")
                    .send()),
        c("MalformedXML", "no parts", () -> complete(startUpload())),
        c("MalformedXML", "no XML", () -> delete("nonsense")),
        c("MalformedXML", "another document", () -> delete("<Other/>")),
        c(
            "MalformedXML",
            "a document type",
            () ->
                delete(
                    "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                        + "<Delete><Object><Key>&e;</Key></Object></Delete>")),
        c(
            "MalformedXML",
            "1001 keys",
            () -> delete("<Delete>" + "<Object><Key>k</Key></Object>".repeat(1001) + "</Delete>")),
        c(
            "MalformedXML",
            "a deep document",
            () -> delete("<Delete><Object>" + deep(50) + "</Object></Delete>")),
        c(
            "InvalidArgument",
            "a bucket of another shape",
            () -> client.put("/new", "").header("x-groundwork-shape", "3").send()),
        c(
            "InvalidArgument",
            "a bucket packed too often",
            () -> client.put("/new", "").header("x-groundwork-packing", "1025").send()),
        c(
            "InvalidArgument",
            "max-keys=x",
            () -> client.request("GET", "/bucket", "max-keys=x").send()),
        c(
            "InvalidRequest",
            "a copy to itself",
            () -> client.put("/bucket/key", "").header("x-amz-copy-source", "bucket/key").send()),
        c(
            "NoSuchKey",
            "a copy of nothing",
            () -> client.put("/bucket/k", "").header("x-amz-copy-source", "bucket/no").send()));
  }

  /** Apart from its depth, the key of an object. */
  private static String deep(int depth) {
    return "<Key>" + "<a>".repeat(depth) + "</a>".repeat(depth) + "k</Key>";
  }

  private RawClient.Response delete(String xml) throws IOException {
    return client.request("POST", "/bucket", "delete").body(xml).send();
  }

  @TestFactory
  Stream<DynamicTest> everyMistakeHasItsCode() {
    return Stream.of(signatures(), names(), bodies(), ranges(), multiparts())
        .flatMap(List::stream)
        .map(
            test -> DynamicTest.dynamicTest(test.expected() + ": " + test.name(), () -> run(test)));
  }

  private static void run(Case test) throws IOException {
    RawClient.Response response = test.request().run();
    assertThat(response.code()).as(response.text()).isEqualTo(test.expected());
    assertThat(response.header("x-amz-request-id")).hasSize(16);
    if (response.text().contains("<Error>")) {
      assertThat(response.text())
          .contains("<RequestId>" + response.header("x-amz-request-id") + "</RequestId>")
          .doesNotContain("Exception", "\tat ", "java.");
    }
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() throws IOException {
    long before = endpoint.store.files();
    for (Case test : bodies()) {
      run(test);
    }
    assertThat(endpoint.store.files()).isEqualTo(before);
    assertThat(client.get("/bucket/k").send().code()).isEqualTo("NoSuchKey");
    assertThat(client.get("/bucket/key").send().text()).isEqualTo("0123456789");
  }

  @Test
  void whatCannotBeReadIsToldSo() throws IOException {
    assertThat(raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n").code())
        .isEqualTo("RequestHeaderSectionTooLarge");
    assertThat(raw("GET / HTTP/1.1\r\nx: " + "a".repeat(20_000) + "\r\n\r\n").code())
        .isEqualTo("InvalidRequest");
    assertThat(raw("PUT /b/k HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n").status())
        .isBetween(400, 499);
    assertThat(raw("PUT /b/k HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n").status())
        .isEqualTo(400);
  }

  @Test
  void tooFewProvidersAreToldWithTheirNumber() throws IOException {
    endpoint.store.failure = Optional.of(new ObjectStoreException.NotEnoughProviders(3, 4));
    for (RawClient.Response response :
        List.of(client.get("/bucket/key").send(), client.put("/bucket/k", "x").send())) {
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.code()).isEqualTo("ServiceUnavailable");
      assertThat(response.text()).contains("Only 3 of the 4");
    }
    endpoint.store.failure = Optional.empty();
    assertThat(client.get("/bucket/key").send().text()).isEqualTo("0123456789");
  }

  @Test
  void anObjectThatBreaksOffIsNotTakenForWhole() throws IOException {
    assertThat(client.put("/bucket/big", "b".repeat(3_000_000)).send().status()).isEqualTo(200);
    endpoint.store.failAfter = 1_000_000;
    RawClient.Response response = client.get("/bucket/big").send();
    assertThat(response.header("content-length")).isEqualTo("3000000");
    assertThat(response.body().size()).isBetween(1, 2_999_999);
  }

  @Test
  void aSignedChunkedBodyIsVerifiedChunkByChunk() throws IOException {
    assertThat(signedChunks("hello ", "world", "").status()).isEqualTo(200);
    assertThat(client.get("/bucket/chunks").send().text()).isEqualTo("hello world");
    assertThat(signedChunks("hello ", "w0rld", "tampered").code())
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(client.get("/bucket/chunks").send().text()).isEqualTo("hello world");
  }

  private RawClient.Response signedChunks(String first, String second, String tampered)
      throws IOException {
    RawClient.Request request =
        client
            .put("/bucket/chunks", "")
            .header("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
            .header("content-encoding", "aws-chunked")
            .header("x-amz-decoded-content-length", "11")
            .sign();
    String previous = request.seed;
    var framed = new StringBuilder();
    for (String chunk : List.of(first, second, "")) {
      String signed = tampered.isEmpty() ? chunk : chunk.replace('0', 'o');
      previous = chunkSignature(request, previous, signed);
      framed.append(Integer.toHexString(chunk.length())).append(";chunk-signature=");
      framed.append(previous).append("\r\n").append(chunk).append("\r\n");
    }
    return request.body(framed.toString()).send();
  }

  private static String chunkSignature(RawClient.Request request, String previous, String chunk) {
    byte[] hash = SigV4.sha256().digest(chunk.getBytes(StandardCharsets.UTF_8));
    return SigV4.sign(
        SigV4.signingKey(Endpoint.SECRET, request.scope()),
        "AWS4-HMAC-SHA256-PAYLOAD\n"
            + request.timestamp()
            + "\n"
            + request.scope()
            + "\n"
            + previous
            + "\n"
            + SigV4.EMPTY_SHA256
            + "\n"
            + java.util.HexFormat.of().formatHex(hash));
  }
}

package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The worked examples of the specification. */
class SigV4Test {
  static final JsonNode VECTORS = vectors();

  private static JsonNode vectors() {
    try (InputStream in = SigV4Test.class.getResourceAsStream("sigv4-vectors.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static SigV4.Scope scope() {
    return new SigV4.Scope("20130524", VECTORS.get("region").asText(), "s3");
  }

  static byte[] key() {
    return SigV4.signingKey(VECTORS.get("secretKey").asText(), scope());
  }

  private static JsonNode vector(String name) {
    for (JsonNode vector : VECTORS.get("cases")) {
      if (vector.get("name").asText().equals(name)) {
        return vector;
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void allNineExamplesAreThere() {
    assertThat(VECTORS.get("cases")).hasSize(9);
  }

  @TestFactory
  Stream<DynamicTest> headsAreSignedAsInTheExamples() {
    return VECTORS
        .get("cases")
        .valueStream()
        .filter(vector -> vector.has("canonicalRequest"))
        .map(v -> DynamicTest.dynamicTest(v.get("name").asText(), () -> checkHead(v)));
  }

  private static void checkHead(JsonNode vector) throws S3Exception {
    S3Request request =
        S3Request.parse(
            vector.get("method").asText(),
            vector.get("canonicalUri").asText(),
            vector.get("canonicalQuery").asText(),
            headers(vector));
    String canonical =
        SigV4.canonicalRequest(
            request.method(),
            request.path(),
            request.query(),
            request.headers(),
            vector.get("payloadHash").asText());
    assertThat(canonical).isEqualTo(vector.get("canonicalRequest").asText());
    String stringToSign = SigV4.stringToSign(VECTORS.get("date").asText(), scope(), canonical);
    assertThat(stringToSign).isEqualTo(vector.get("stringToSign").asText());
    assertThat(SigV4.sign(key(), stringToSign)).isEqualTo(vector.get("signature").asText());
  }

  private static SortedMap<String, String> headers(JsonNode vector) {
    var headers = new TreeMap<String, String>();
    vector.get("headers").properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    return headers;
  }

  static byte[] chunkedExample() {
    return framed(vector("streaming-payload"), "");
  }

  static byte[] trailerExample() {
    JsonNode vector = vector("streaming-payload-trailer");
    return framed(
        vector,
        vector.get("trailer").asText()
            + "\r\nx-amz-trailer-signature:"
            + vector.get("trailerSignature").asText()
            + "\r\n");
  }

  private static byte[] framed(JsonNode vector, String trailer) {
    var out = new ByteArrayOutputStream();
    for (JsonNode chunk : vector.get("chunks")) {
      int size = chunk.get("size").asInt();
      out.writeBytes(
          utf8(
              Integer.toHexString(size)
                  + ";chunk-signature="
                  + chunk.get("signature").asText()
                  + "\r\n"));
      if (size > 0) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) 'a');
        out.writeBytes(data);
        out.writeBytes(utf8("\r\n"));
      }
    }
    out.writeBytes(utf8(trailer + "\r\n"));
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ChunkedBody decoder(byte[] framed, String seedOf, boolean trailer) {
    var signatures =
        new ChunkSignatures(
            key(), VECTORS.get("date").asText(), scope(), vector(seedOf).get("signature").asText());
    return new ChunkedBody(
        new ByteArrayInputStream(framed),
        new Authenticated.Payload.Chunked(Optional.of(signatures), trailer));
  }

  @Test
  void chunksAreSignedAsInTheExample() throws IOException {
    byte[] body = decoder(chunkedExample(), "streaming-payload-seed", false).readAllBytes();
    assertThat(body).hasSize(66560).containsOnly('a');
  }

  @Test
  void theTrailerIsSignedAsInTheExample() throws IOException {
    ChunkedBody decoder = decoder(trailerExample(), "streaming-payload-trailer-seed", true);
    byte[] body = decoder.readAllBytes();
    assertThat(body).hasSize(66560).containsOnly('a');
    assertThat(decoder.trailers()).containsEntry("x-amz-checksum-crc32c", "sOO8/Q==");
    ChecksumAlgorithm.Digest digest = ChecksumAlgorithm.CRC32C.start();
    digest.update(body, 0, body.length);
    assertThat(java.util.Base64.getEncoder().encodeToString(digest.finish())).isEqualTo("sOO8/Q==");
  }
}

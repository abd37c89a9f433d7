package org.groundwork.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.groundwork.protocol.crypto.Sha256;

/** The same calls as the AWS command line makes, for machines without it: Signature V4. */
final class OwnS3Client implements S3Tool {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String PAYLOAD = "UNSIGNED-PAYLOAD";
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private final String accessKey;
  private final String secretKey;
  private final InstantSource clock;

  OwnS3Client(String endpoint, String accessKey, String secretKey, InstantSource clock) {
    this.endpoint = URI.create(endpoint);
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "our own S3 client (aws-cli is not installed)";
  }

  @Override
  public void makeBucket(String bucket) throws IOException {
    send("PUT", "/" + bucket, HttpRequest.BodyPublishers.noBody(), discard());
  }

  @Override
  public void upload(Path file, String bucket, String key) throws IOException {
    send("PUT", "/" + bucket + "/" + key, HttpRequest.BodyPublishers.ofFile(file), discard());
  }

  @Override
  public void download(String bucket, String key, Path file) throws IOException {
    send(
        "GET",
        "/" + bucket + "/" + key,
        HttpRequest.BodyPublishers.noBody(),
        HttpResponse.BodyHandlers.ofFile(file));
  }

  private static HttpResponse.BodyHandler<Void> discard() {
    return HttpResponse.BodyHandlers.discarding();
  }

  private void send(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<?> handler)
      throws IOException {
    String stamp = STAMP.format(clock.instant());
    String host = endpoint.getHost() + ":" + endpoint.getPort();
    String canonical =
        String.join(
            "\n",
            method,
            path,
            "",
            "host:" + host,
            "x-amz-content-sha256:" + PAYLOAD,
            "x-amz-date:" + stamp,
            "",
            "host;x-amz-content-sha256;x-amz-date",
            PAYLOAD);
    String scope = stamp.substring(0, 8) + "/us-east-1/s3/aws4_request";
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", stamp, scope, hex(sha256(canonical)));
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(TIMEOUT)
            .header("x-amz-content-sha256", PAYLOAD)
            .header("x-amz-date", stamp)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + accessKey
                    + "/"
                    + scope
                    + ",SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature="
                    + hex(hmac(key, toSign)))
            .method(method, body)
            .build();
    try {
      HttpResponse<?> response = http.send(request, handler);
      if (response.statusCode() / 100 != 2) {
        throw new IOException(method + " " + path + " answered " + response.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static byte[] sha256(String text) {
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).toArray();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

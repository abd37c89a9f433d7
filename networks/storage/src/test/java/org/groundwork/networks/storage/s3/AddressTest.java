package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the endpoint is reached: a bucket's name in the path or in the host's, plainly or by TLS. */
class AddressTest {
  private static final char[] PASSWORD = "certificate".toCharArray();

  @TempDir Path directory;

  @Test
  void aBucketIsAlsoAHostUnderTheDomain() throws IOException {
    try (var endpoint = new Endpoint(directory)) {
      Talk talk = Talk.first(endpoint.server.port());
      String bucket = talk.bucket(List.of("a/b c"));
      RawClient.Response got =
          talk.request("GET", "/a/b c").header("host", bucket + ".s3.test:80").send();
      assertThat(got.status()).as(got.text()).isEqualTo(200);
      assertThat(got.text()).isEqualTo("a/b c");
      RawClient.Response listed =
          talk.request("GET", "/", "list-type", "2").header("host", bucket + ".S3.test").send();
      assertThat(listed.text()).contains("<Key>a/b c</Key>");
      Talk.refused(
          talk.request("GET", "/x").header("host", "none-such.s3.test").send(),
          404,
          "NoSuchBucket");
      assertThat(
              talk.request("GET", "/" + bucket + "/a/b c").header("host", "s3.test").send().text())
          .isEqualTo("a/b c");
    }
  }

  @Test
  void byTlsTheServerProvesWhoItIs() throws Exception {
    KeyStore keys = keytool();
    var files =
        new S3Config.TlsFiles(
            pem("tls.crt", "CERTIFICATE", keys.getCertificate("tls").getEncoded()),
            pem("tls.key", "PRIVATE KEY", keys.getKey("tls", PASSWORD).getEncoded()));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (var endpoint = new Endpoint(directory, S3Config.local(0).withTls(files));
        var client = java.net.http.HttpClient.newBuilder().sslContext(context).build()) {
      var address = java.net.URI.create("https://localhost:" + endpoint.server.port() + "/");
      var answer =
          client.send(
              java.net.http.HttpRequest.newBuilder(address).build(),
              java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("AccessDenied");
      assertThat(answer.sslSession()).isPresent();
    }
  }

  private Path pem(String name, String type, byte[] content) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, lines.encodeToString(content), type));
  }

  private KeyStore keytool() throws Exception {
    Path store = directory.resolve("localhost.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String arguments =
        "-genkeypair -alias tls -keyalg EC -groupname secp256r1 -dname CN=localhost"
            + " -ext SAN=DNS:localhost -ext BC=ca:true -validity 36500 -storetype PKCS12"
            + " -storepass certificate -keystore";
    new Program(keytool, "openjdk")
        .run(
            directory,
            java.util.Map.of(),
            java.util.stream.Stream.concat(
                    java.util.Arrays.stream(arguments.split(" ", -1)),
                    java.util.stream.Stream.of(store.toString()))
                .toList())
        .good();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}

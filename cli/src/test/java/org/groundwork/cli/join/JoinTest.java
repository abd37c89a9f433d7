package org.groundwork.cli.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.groundwork.cli.local.Accounts;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final Hash CERTIFICATE = new Hash(Bytes.wrap(new byte[32]));

  private final SecureRandom random = new SecureRandom();
  @TempDir private Path folder;

  private Guests guests(Instant now) {
    return new Guests(folder, () -> now, random);
  }

  private JoinToken invited() throws IOException {
    JoinToken token = JoinToken.fresh(JoinRole.VERIFIER, CERTIFICATE, "10.0.0.1:8443", random);
    guests(NOW).invite(token, Duration.ofMinutes(5));
    return token;
  }

  @Test
  void aTokenIsReadAsItWasWritten() throws IOException {
    JoinToken token = invited();
    assertThat(JoinToken.parse(token.text() + "\n")).isEqualTo(token);
    assertThat(token.toString()).doesNotContain(token.secret().toHex());
  }

  @Test
  void aTokenIsTakenOnce() throws IOException {
    JoinToken token = invited();
    assertThat(guests(NOW).take(token.secret())).contains(JoinRole.VERIFIER);
    assertThat(guests(NOW).take(token.secret())).isEmpty();
  }

  @Test
  void anOldTokenIsNotTaken() throws IOException {
    JoinToken token = invited();
    assertThat(guests(NOW.plusSeconds(300)).take(token.secret())).isEmpty();
  }

  @Test
  void aStrangersSecretIsNotTaken() throws IOException {
    invited();
    assertThat(guests(NOW).take(Bytes.wrap(new byte[32]))).isEmpty();
  }

  @Test
  void whoIsDeletedIsOut() throws IOException {
    Bytes credential = guests(NOW).admit(JoinRole.PROVIDER, "0x01");
    assertThat(guests(NOW).knows(credential)).isTrue();
    assertThat(guests(NOW).knows(Bytes.wrap(new byte[32]))).isFalse();
    try (Stream<Path> files = Files.list(folder.resolve("guests/joined"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain(credential.toHex());
        Files.delete(file);
      }
    }
    assertThat(guests(NOW).knows(credential)).isFalse();
  }

  @Test
  void onlyTheCertificateOfTheTokenIsTrusted() throws Exception {
    DoorKey key = DoorKey.open(new Accounts(folder.resolve("keys"), random));
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(key.context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/"))
            .build();
    try (HttpClient right = ChainTunnel.client(key.certificate());
        HttpClient wrong = ChainTunnel.client(CERTIFICATE)) {
      assertThat(right.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(204);
      assertThatIOException()
          .isThrownBy(() -> wrong.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    } finally {
      server.stop(0);
    }
    assertThat(DoorKey.open(new Accounts(folder.resolve("keys"), random)).certificate())
        .isEqualTo(key.certificate());
  }

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] content) {
    try {
      JoinToken token = JoinToken.parse(new String(content, StandardCharsets.ISO_8859_1));
      assertThat(JoinToken.parse(token.text())).isEqualTo(token);
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith("this is no token");
    } catch (IllegalArgumentException e) {
      throw new AssertionError(e);
    }
    try {
      assertThat(Door.Request.decode(content).account()).isNotNull();
    } catch (Malformed refused) {
      assertThat(refused).hasMessage("no request to join");
    }
  }
}

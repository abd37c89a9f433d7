package org.groundwork.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.groundwork.cli.Json;
import org.groundwork.cli.join.PinnedTrust;
import org.groundwork.node.http.TlsFiles;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/** Asks this machine's explorer how it is; by TLS it trusts the certificate of the file alone. */
public final class ExplorerWatch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 4 << 20;
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;

  /** What it may lag behind the clock: blocks come each second. */
  private static final Duration LAG = Duration.ofMinutes(2);

  private final String url;
  private final Optional<TlsFiles> tls;
  private final InstantSource clock;
  private Optional<Hash> pinned = Optional.empty();
  private HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * A watch.
   *
   * @param url of the explorer
   * @param tls what it shows who it is with, if it does
   */
  public ExplorerWatch(String url, Optional<TlsFiles> tls, InstantSource clock) {
    this.url = url;
    this.tls = tls;
    this.clock = clock;
  }

  /** What keeps it from working; empty if nothing does. */
  public Optional<String> trouble() throws InterruptedException {
    try {
      pin();
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/api/v1/health")).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        // Whoever else asks from this machine may have asked too often; then it works.
        if (answer.statusCode() == TOO_MANY_REQUESTS) {
          return Optional.empty();
        }
        return answer.statusCode() == OK
            ? trouble(Json.MAPPER.readTree(in.readNBytes(MAX_BYTES)).path("index"))
            : Optional.of("answers with status " + answer.statusCode());
      }
    } catch (SSLException e) {
      return Optional.of(
          "does not show the certificate of the file (end its process: it starts again with it)");
    } catch (IOException e) {
      return Optional.of("does not answer at " + url);
    }
  }

  private Optional<String> trouble(JsonNode index) {
    String trouble = index.path("trouble").asText();
    if (!trouble.isEmpty()) {
      return Optional.of("its index does not go on: " + trouble);
    }
    long lag = clock.instant().getEpochSecond() - index.path("time").asLong();
    return lag <= LAG.toSeconds()
        ? Optional.empty()
        : Optional.of("its index is not at the newest block yet");
  }

  private void pin() throws IOException {
    if (tls.isEmpty()) {
      return;
    }
    try {
      Optional<Hash> now = Optional.of(Sha256.hash(tls.get().certificate().getEncoded()));
      if (!now.equals(pinned)) {
        http.close();
        http =
            HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .sslContext(PinnedTrust.context(now.get()))
                .build();
        pinned = now;
      }
    } catch (CertificateEncodingException e) {
      throw new IOException(tls.get().certificates() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

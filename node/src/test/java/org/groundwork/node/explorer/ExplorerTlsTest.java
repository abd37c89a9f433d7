package org.groundwork.node.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.groundwork.node.bench.SelfSigned;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.http.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Page and API by TLS, with certificate and key from PEM files. */
class ExplorerTlsTest {
  @TempDir private Path folder;

  private static ExplorerSettings settings(String name, TlsFiles files) {
    return new ExplorerSettings(
        new DatabaseAddress("jdbc:h2:mem:" + name),
        new ServerSettings("127.0.0.1", 0, 100, 1 << 20).withTls(files),
        Optional.empty(),
        100);
  }

  private static SSLContext trusting(TlsFiles files) throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("known", files.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void whoTrustsTheCertificateGetsPageAndNews() throws Exception {
    TlsFiles files = SelfSigned.make(folder);
    ScriptedChain chain = new ScriptedChain();
    chain.add(ExplorerBed.network());
    try (ExplorerBed bed = new ExplorerBed(new DatabaseAddress("jdbc:h2:mem:tls"), chain);
        Explorer explorer =
            Explorer.start(
                settings("tls", files), bed.scope(), chain, chain, InstantSource.system());
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(files)).build();
        HttpClient stranger = HttpClient.newHttpClient()) {
      URI at = explorer.uri();
      assertThat(at.getScheme()).isEqualTo("https");
      HttpRequest question = HttpRequest.newBuilder(at.resolve("/api/v1/health")).build();
      HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      assertThatIOException()
          .isThrownBy(() -> stranger.send(question, HttpResponse.BodyHandlers.ofString()));
      URI inClear = URI.create("http://127.0.0.1:" + at.getPort() + "/api/v1/health");
      assertThatIOException()
          .isThrownBy(() ->
              client.send(
                  HttpRequest.newBuilder(inClear).build(), HttpResponse.BodyHandlers.ofString()));
      assertThat(firstNews(client, at)).contains("\"block\"");
    }
  }

  /** The first message of the live channel. */
  private static String firstNews(HttpClient client, URI at) throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            first.complete(text.toString());
            return CompletableFuture.completedStage(text);
          }

          @Override
          public void onError(WebSocket socket, Throwable error) {
            first.completeExceptionally(error);
          }
        };
    URI live = URI.create("wss://127.0.0.1:" + at.getPort() + "/api/v1/live");
    WebSocket socket =
        client.newWebSocketBuilder().buildAsync(live, listener).get(30, TimeUnit.SECONDS);
    try {
      return first.get(30, TimeUnit.SECONDS);
    } finally {
      socket.abort();
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamedAndNothingListens() throws Exception {
    TlsFiles files = SelfSigned.make(folder);
    Path noKey = Files.writeString(folder.resolve("no.key"), "no key");
    TlsFiles wrong = new TlsFiles(files.certificates(), noKey);
    ScriptedChain chain = new ScriptedChain();
    try (ExplorerBed bed = new ExplorerBed(new DatabaseAddress("jdbc:h2:mem:no"), chain)) {
      assertThatIOException()
          .isThrownBy(() -> start(bed, chain, wrong))
          .withMessageContaining(noKey.toString());
    }
  }

  private static void start(ExplorerBed bed, ScriptedChain chain, TlsFiles files)
      throws IOException {
    Explorer.start(settings("no", files), bed.scope(), chain, chain, InstantSource.system())
        .close();
  }
}

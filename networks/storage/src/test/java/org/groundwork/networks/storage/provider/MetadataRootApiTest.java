package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.AccountKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider keeps one signed root for each customer, the newest. */
class MetadataRootApiTest {
  private final Sim sim = new Sim();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AccountKey customer = AccountKey.generate(new SecureRandom());
  @TempDir Path folder;
  private Sim.Node node;

  // NullAway does not know what JUnit and @BeforeEach fill.
  @SuppressWarnings("NullAway.Init")
  MetadataRootApiTest() {}

  @BeforeEach
  void start() throws IOException {
    node = sim.addProvider(folder, config -> config);
    sim.reserve(customer.account(), node, 1000);
  }

  @AfterEach
  void stop() {
    sim.close();
    http.close();
  }

  @Test
  void theNewestIsKeptAlsoOverARestart() throws Exception {
    assertThat(get(customer.account()).statusCode()).isEqualTo(404);
    assertThat(put(root(customer, 5, 1), customer.account())).isEqualTo(200);
    assertThat(put(root(customer, 5, 1), customer.account())).isEqualTo(200);
    assertThat(put(root(customer, 7, 2), customer.account())).isEqualTo(200);
    assertThat(put(root(customer, 6, 3), customer.account())).isEqualTo(409);
    assertThat(put(root(customer, 7, 3), customer.account())).isEqualTo(409);
    sim.restart(node, config -> config);
    assertThat(Bytes.wrap(get(customer.account()).body())).isEqualTo(root(customer, 7, 2).encode());
  }

  @Test
  void onlyCustomersLeaveRootsAndOnlyTheirOwn() throws Exception {
    AccountKey stranger = AccountKey.generate(new SecureRandom());
    assertThat(put(root(stranger, 1, 1), stranger.account())).isEqualTo(403);
    assertThat(put(root(stranger, 1, 1), customer.account())).isEqualTo(401);
    MetadataRoot claimed = root(customer, 9, 1).root();
    MetadataRoot.Signed forged = new MetadataRoot.Signed(claimed, root(stranger, 9, 1).signature());
    assertThat(put(forged, customer.account())).isEqualTo(401);
    assertThat(get(customer.account()).statusCode()).isEqualTo(404);
    byte[] tooLong = new byte[MetadataRoot.MAX_SIZE + 100];
    assertThat(send("PUT", tooLong, customer.account()).statusCode()).isEqualTo(400);
  }

  private MetadataRoot.Signed root(AccountKey payer, long number, int content) {
    return new MetadataRoot(
            sim.domain().deployment(),
            Sim.NETWORK,
            payer.account(),
            number,
            Bytes.of((byte) content))
        .sign(sim.domain(), payer);
  }

  private int put(MetadataRoot.Signed root, AccountId account) throws Exception {
    return send("PUT", root.encode().toArray(), account).statusCode();
  }

  private HttpResponse<byte[]> get(AccountId account) throws Exception {
    return send("GET", new byte[0], account);
  }

  private HttpResponse<byte[]> send(String method, byte[] body, AccountId account)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(
                URI.create(node.provider().endpoint() + ProviderHttp.ROOTS + account.toHex()))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}

package org.groundwork.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.wallet.LocalDeployment;
import org.groundwork.settlement.wallet.Wallet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainReaderTest {
  private static final Hash RULES = Hash.fromHex("0x" + "77".repeat(32));
  private static final TokenAmount STAKE =
      new TokenAmount(BigInteger.valueOf(1_000).multiply(BigInteger.TEN.pow(18)));

  private final Path folder;
  private LocalDeployment local;

  ChainReaderTest(@TempDir Path folder) throws SettlementException {
    this.folder = folder;
    this.local = new LocalDeployment(folder);
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void readsTheStateOfAnyBlockOfThePast() throws SettlementException {
    Wallet treasury = local.treasury();
    treasury.createNetwork("storage", RULES, Bytes.EMPTY);
    long one = local.reader().sync().number();
    treasury.createNetwork("sensing", RULES, Bytes.EMPTY);
    treasury.join(Role.VERIFIER, treasury.account(), "http://a", STAKE);
    long joined = local.reader().sync().number();
    treasury.leave(Role.VERIFIER);
    local.reader().sync();

    ChainState past = local.reader().stateAt(one);
    assertThat(past.networks().keySet()).containsExactly(new NetworkId(1));
    assertThat(past.networks().values()).singleElement().extracting("kind").isEqualTo("storage");
    assertThat(past.operators(ChainState.VERIFIER)).isEmpty();
    assertThat(local.reader().stateAt(joined).operators(ChainState.VERIFIER))
        .containsExactly(
            new Operator(treasury.account(), treasury.account(), STAKE, STAKE, "http://a"));
    assertThat(local.reader().state().networks()).hasSize(2);
    assertThat(local.reader().state().operators(ChainState.VERIFIER)).isEmpty();
    long future = local.reader().sync().number() + 1;
    assertThatThrownBy(() -> local.reader().stateAt(future)).hasMessageContaining("not final");
  }

  @Test
  void findsTheFirstBlockOfASecond() throws SettlementException {
    long begin = LocalDeployment.GENESIS;
    for (long second : List.of(begin, begin + 7, begin + 7, begin + 20)) {
      local.goTo(second);
    }
    long first = local.reader().firstBlockAtOrAfter(begin).orElseThrow().number();
    assertThat(number(begin - 1)).isEqualTo(first);
    assertThat(number(begin + 1)).isEqualTo(first + 1);
    assertThat(number(begin + 7)).isEqualTo(first + 1);
    assertThat(number(begin + 8)).isEqualTo(first + 3);
    assertThat(number(begin + 20)).isEqualTo(first + 3);
    assertThat(local.reader().firstBlockAtOrAfter(begin + 21)).isEmpty();
    local.goTo(begin + 30);
    assertThat(number(begin + 21)).isEqualTo(first + 4);
  }

  private long number(long timestamp) throws SettlementException {
    return local.reader().firstBlockAtOrAfter(timestamp).orElseThrow().number();
  }

  /** Nodes of a chain are often paid by the question. */
  @Test
  void asksOnceWhereNothingCame() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer between = between(local.endpoint(), asked);
    try (JsonRpc rpc =
        new JsonRpc(URI.create("http://127.0.0.1:" + between.getAddress().getPort()))) {
      ChainReader reader = new ChainReader(rpc, local.deployment());
      local.goTo(LocalDeployment.GENESIS);
      reader.sync();
      asked.clear();
      reader.sync();
      assertThat(asked).containsExactly("eth_getBlockByNumber");
      asked.clear();
      local.goTo(LocalDeployment.GENESIS + 1);
      reader.sync();
      assertThat(asked)
          .containsExactly("eth_getBlockByNumber", "eth_getLogs", "eth_getBlockByNumber");
      asked.clear();
      local.goTo(LocalDeployment.GENESIS + 2);
      local.goTo(LocalDeployment.GENESIS + 3);
      reader.sync();
      assertThat(asked)
          .containsExactly(
              "eth_getBlockByNumber",
              "eth_getBlockByNumber",
              "eth_getLogs",
              "eth_getBlockByNumber");
    } finally {
      between.stop(0);
    }
  }

  private static HttpServer between(URI chain, List<String> asked) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpClient client = HttpClient.newHttpClient();
    server.createContext(
        "/",
        exchange -> {
          byte[] question = exchange.getRequestBody().readAllBytes();
          asked.add(new ObjectMapper().readTree(question).path("method").asText());
          HttpRequest passed =
              HttpRequest.newBuilder(chain)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                  .build();
          try {
            byte[] answer = client.send(passed, HttpResponse.BodyHandlers.ofByteArray()).body();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          } catch (InterruptedException e) {
            throw new IOException(e);
          } finally {
            exchange.close();
          }
        });
    server.start();
    return server;
  }

  /** The chain goes back to an earlier block and on from there with something else. */
  @Tag("A45")
  @Tag("A46")
  @Test
  void readsAnewWhatAReorganisationChanged() throws IOException {
    Path journal = folder.resolve("transactions.journal");
    Wallet treasury = local.treasury();
    treasury.createNetwork("storage", RULES, Bytes.EMPTY);
    byte[] fork = Files.readAllBytes(journal);
    treasury.createNetwork("sensing", RULES, Bytes.EMPTY);
    local.goTo(LocalDeployment.GENESIS);
    ChainReader reader = local.reader();
    ChainBlock gone = reader.sync();
    assertThat(reader.state().networks()).hasSize(2);

    local.restart(() -> Files.write(journal, fork));
    AccountKey other = AccountKey.generate(new SecureRandom());
    local.treasury().giveCoin(other.account(), BigInteger.TEN);
    local.treasury().createNetwork("compute", RULES, Bytes.EMPTY);
    local.treasury().createNetwork("bandwidth", RULES, Bytes.EMPTY);
    local.goTo(LocalDeployment.GENESIS + 5);

    ChainBlock now = reader.sync();
    assertThat(now.number()).isGreaterThan(gone.number());
    assertThat(reader.block(gone.number()).hash()).isNotEqualTo(gone.hash());
    assertThat(reader.state().networks().values())
        .extracting("kind")
        .containsExactly("storage", "compute", "bandwidth");
    ChainReader fresh = new ChainReader(local.rpc(), local.deployment());
    assertThat(reader.firstBlockAtOrAfter(LocalDeployment.GENESIS))
        .isEqualTo(fresh.firstBlockAtOrAfter(LocalDeployment.GENESIS));
  }
}

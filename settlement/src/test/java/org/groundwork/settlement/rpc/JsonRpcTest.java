package org.groundwork.settlement.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.SettlementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a node that misbehaves in every way that was thought of. */
class JsonRpcTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);
  private static final RpcLimits LIMITS =
      new RpcLimits(Duration.ofMillis(1_500), 4_096, 3, Duration.ofSeconds(1), 100);
  private static final AccountId CONTRACT =
      AccountId.fromHex("0x00000000000000000000000000000000000000aa");

  private interface Node {
    void answer(HttpExchange exchange, JsonNode request) throws IOException;
  }

  private final ManualTime time = new ManualTime(START);
  private final AtomicInteger requests = new AtomicInteger();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private JsonRpc against(Node node) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            node.answer(exchange, JSON.readTree(exchange.getRequestBody()));
          }
        });
    server.setExecutor(Thread::startVirtualThread);
    server.start();
    int port = server.getAddress().getPort();
    JsonRpc rpc = new JsonRpc(URI.create("http://127.0.0.1:" + port + "/secret-key"), LIMITS, time);
    open.add(rpc);
    open.add(() -> server.stop(0));
    return rpc;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void result(HttpExchange exchange, JsonNode request, JsonNode result)
      throws IOException {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    answer.set("result", result);
    send(exchange, 200, answer.toString());
  }

  private static void error(HttpExchange exchange, JsonNode request, String error)
      throws IOException {
    send(
        exchange,
        200,
        "{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"error\":" + error + "}");
  }

  private static JsonNode text(String text) {
    return JSON.getNodeFactory().textNode(text);
  }

  private static void assertFails(
      Failure failure, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SettlementException.class, e -> assertThat(e.failure()).isEqualTo(failure))
        .hasMessageNotContaining("secret-key");
  }

  @Test
  void triesAReadAgainWhenTheNodeIsBusy() throws IOException {
    JsonRpc rpc =
        against((exchange, request) -> {
          if (requests.get() < 3) {
            send(exchange, 503, "");
          } else {
            result(exchange, request, text("0x7b"));
          }
        });
    assertThat(rpc.chainId()).isEqualTo(123);
    assertThat(time.instant()).isEqualTo(START.plusSeconds(1 + 2));
  }

  @Test
  void triesAReadAgainWhenTheNodeLacksTheBlock() throws IOException {
    JsonRpc rpc =
        against((exchange, request) -> {
          if (requests.get() < 2) {
            error(
                exchange,
                request,
                "{\"code\":-32602,\"message\":\"BlockOutOfRangeError: block height is 157 but"
                    + " requested was 156\"}");
          } else {
            result(exchange, request, text("0x7b"));
          }
        });
    assertThat(rpc.chainId()).isEqualTo(123);
    assertThat(requests.get()).isEqualTo(2);
  }

  @Test
  void givesUpAfterTheLastAttempt() throws IOException {
    JsonRpc rpc = against((exchange, _) -> send(exchange, 429, ""));
    assertFails(Failure.RPC_UNREACHABLE, rpc::blockNumber);
    assertThat(requests.get()).isEqualTo(3);
  }

  @Test
  void whoStopsTriesNothingAgain() throws IOException {
    JsonRpc rpc = against((exchange, _) -> send(exchange, 503, ""));
    rpc.stopRetrying();
    assertFails(Failure.RPC_UNREACHABLE, rpc::blockNumber);
    assertThat(requests.get()).isEqualTo(1);
  }

  @Test
  void sendsATransactionOnceOnly() throws IOException {
    JsonRpc rpc = against((exchange, _) -> send(exchange, 503, ""));
    assertFails(Failure.RPC_UNREACHABLE, () -> rpc.sendRawTransaction(Bytes.of((byte) 2)));
    assertThat(requests.get()).isEqualTo(1);
  }

  @Test
  void tellsThatNobodyListens() throws IOException {
    JsonRpc rpc = new JsonRpc(URI.create("http://127.0.0.1:1/secret-key"), LIMITS, time);
    open.add(rpc);
    assertFails(Failure.RPC_UNREACHABLE, rpc::chainId);
  }

  @Test
  void waitsNoLongerThanTheDeadlineForAnAnswerThatNeverEnds() throws IOException {
    JsonRpc rpc =
        against((exchange, _) -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            try {
              Thread.sleep(50);
            } catch (InterruptedException e) {
              return;
            }
          }
        });
    assertFails(Failure.RPC_TIMEOUT, rpc::chainId);
  }

  @Test
  void readsNoMoreThanTheLimit() throws IOException {
    JsonRpc rpc =
        against((exchange, request) -> result(exchange, request, text("0x" + "00".repeat(4_096))));
    assertFails(Failure.RPC_TOO_LARGE, () -> rpc.code(CONTRACT));
  }

  @Test
  void refusesAnswersThatAreNotJsonRpc() throws IOException {
    for (String body :
        List.of("", "nonsense", "[]", "{}", "{\"id\":1}", "{\"id\":77,\"result\":\"0x1\"}")) {
      JsonRpc rpc = against((exchange, _) -> send(exchange, 200, body));
      assertFails(Failure.RPC_BAD_ANSWER, rpc::chainId);
    }
    assertFails(Failure.RPC_BAD_ANSWER, against((exchange, _) -> send(exchange, 404, ""))::chainId);
  }

  @Test
  void refusesNumbersThatAreNone() throws IOException {
    for (String number :
        List.of("", "0x", "12", "0x-1", "0xg", "0x8000000000000000", "0x" + "1".repeat(65))) {
      JsonRpc rpc = against((exchange, request) -> result(exchange, request, text(number)));
      assertFails(Failure.RPC_BAD_ANSWER, rpc::blockNumber);
    }
  }

  @Test
  void keepsWhatAContractRevertedWith() throws IOException {
    for (String error :
        List.of(
            "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}",
            "{\"code\":-32000,\"message\":\"VM Exception: revert\",\"data\":{\"data\":\"0x08c379a0\"}}")) {
      JsonRpc rpc = against((exchange, request) -> error(exchange, request, error));
      assertThatThrownBy(() -> rpc.call(CallRequest.to(CONTRACT, Bytes.EMPTY), BlockTag.LATEST))
          .isInstanceOfSatisfying(
              RpcRefusal.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("contract-reverted");
                assertThat(refusal.revertData()).isEqualTo(Bytes.fromHex("0x08c379a0"));
              });
    }
  }

  /** Refuses more than 7 blocks at once, and answers one log for each block. */
  @Test
  void halvesARangeOfLogsThatTheNodeRefuses() throws IOException {
    JsonRpc rpc =
        against((exchange, request) -> {
          JsonNode filter = request.path("params").path(0);
          long from = Quantity.decodeLong(filter.path("fromBlock").asText());
          long to = Quantity.decodeLong(filter.path("toBlock").asText());
          if (to - from >= 7) {
            error(exchange, request, "{\"code\":-32005,\"message\":\"too many results\"}");
            return;
          }
          ArrayNode logs = JSON.createArrayNode();
          for (long block = from; block <= to; block++) {
            logs.add(log(block, 0));
          }
          result(exchange, request, logs);
        });
    assertThat(rpc.logs(Set.of(CONTRACT), 5, 250))
        .extracting(LogEntry::blockNumber)
        .containsExactlyElementsOf(
            java.util.stream.LongStream.rangeClosed(5, 250).boxed().toList());
  }

  @Test
  void givesUpOnLogsThatEvenOneBlockHasTooManyOf() throws IOException {
    JsonRpc rpc =
        against((exchange, request) ->
            error(exchange, request, "{\"code\":-32005,\"message\":\"too many\"}"));
    assertFails(Failure.RPC_REFUSED, () -> rpc.logs(Set.of(CONTRACT), 0, 99));
    assertThat(requests.get()).isLessThan(10);
  }

  @Test
  void refusesLogsThatWereNotAskedForOrAreOutOfOrder() throws IOException {
    List<List<JsonNode>> answers =
        List.of(
            List.of(log(4, 0)),
            List.of(log(11, 0)),
            List.of(log(7, 0), log(6, 1)),
            List.of(log(7, 3), log(7, 3)),
            List.of(log(7, 0).put("address", "0x00000000000000000000000000000000000000bb")));
    for (List<JsonNode> logs : answers) {
      JsonRpc rpc =
          against((exchange, request) ->
              result(exchange, request, JSON.createArrayNode().addAll(logs)));
      assertFails(Failure.RPC_BAD_ANSWER, () -> rpc.logs(Set.of(CONTRACT), 5, 10));
    }
  }

  private static ObjectNode log(long block, int index) {
    ObjectNode log = JSON.createObjectNode();
    log.put("address", CONTRACT.toHex()).put("data", "0x").putArray("topics");
    log.put("blockNumber", Quantity.encode(block)).put("logIndex", Quantity.encode(index));
    log.put("blockHash", "0x" + "11".repeat(32)).put("transactionHash", "0x" + "22".repeat(32));
    return log;
  }
}

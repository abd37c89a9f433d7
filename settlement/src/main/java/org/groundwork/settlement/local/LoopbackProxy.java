package org.groundwork.settlement.local;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.RpcRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON-RPC on loopback: reads pass, transactions go through the journal, the rest is refused. */
final class LoopbackProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackProxy.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As large as anvil takes. */
  private static final int MAX_REQUEST_BYTES = 2 << 20;

  /** Nodes take up to 128 KiB; the journal could hold more. */
  private static final int MAX_TRANSACTION_BYTES = 128 << 10;

  private static final int MAX_BATCH = 1_000;
  private static final int MAX_CONCURRENT = 256;

  private static final String SEND = "eth_sendRawTransaction";
  private static final Set<String> READS =
      Set.of(
          "eth_accounts",
          "eth_blockNumber",
          "eth_call",
          "eth_chainId",
          "eth_estimateGas",
          "eth_feeHistory",
          "eth_gasPrice",
          "eth_getBalance",
          "eth_getBlockByHash",
          "eth_getBlockByNumber",
          "eth_getBlockReceipts",
          "eth_getCode",
          "eth_getLogs",
          "eth_getStorageAt",
          "eth_getTransactionByHash",
          "eth_getTransactionCount",
          "eth_getTransactionReceipt",
          "eth_maxPriorityFeePerGas",
          "eth_syncing",
          "net_version",
          "web3_clientVersion");

  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int PARSE_ERROR = -32_700;
  private static final int INVALID_REQUEST = -32_600;
  private static final int METHOD_NOT_FOUND = -32_601;
  private static final int INVALID_PARAMETERS = -32_602;
  private static final int INTERNAL_ERROR = -32_603;

  static {
    // Otherwise each answer on a kept connection waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final LocalChain chain;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MAX_CONCURRENT);

  private LoopbackProxy(LocalChain chain, HttpServer server) {
    this.chain = chain;
    this.server = server;
  }

  static LoopbackProxy start(int port, LocalChain chain) throws SettlementException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      LoopbackProxy proxy = new LoopbackProxy(chain, HttpServer.create(address, MAX_CONCURRENT));
      proxy.server.setExecutor(proxy.threads);
      proxy.server.createContext("/", proxy::serve);
      proxy.server.start();
      return proxy;
    } catch (IOException e) {
      throw new SettlementException(
          Failure.PORT_IN_USE, "port " + port + " cannot be used: " + e.getMessage(), e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
      } else if (!places.tryAcquire()) {
        exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
      } else {
        try {
          answer(exchange);
        } finally {
          places.release();
        }
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
    if (request.length > MAX_REQUEST_BYTES) {
      exchange.sendResponseHeaders(CONTENT_TOO_LARGE, -1);
      return;
    }
    byte[] response = answer(request);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(OK, response.length);
    exchange.getResponseBody().write(response);
  }

  private byte[] answer(byte[] body) throws IOException {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.writeValueAsBytes(error(JSON.nullNode(), PARSE_ERROR, "not JSON"));
    }
    if (!request.isArray()) {
      return single(request);
    }
    if (request.isEmpty() || request.size() > MAX_BATCH) {
      String text = "a batch has 1 to " + MAX_BATCH + " requests";
      return JSON.writeValueAsBytes(error(JSON.nullNode(), INVALID_REQUEST, text));
    }
    if (onlyReads(request)) {
      return passed(request);
    }
    ArrayNode answers = JSON.createArrayNode();
    for (JsonNode one : request) {
      answers.add(JSON.readTree(single(one)));
    }
    return JSON.writeValueAsBytes(answers);
  }

  private static boolean onlyReads(JsonNode batch) {
    for (JsonNode request : batch) {
      if (!READS.contains(request.path("method").asText())) {
        return false;
      }
    }
    return true;
  }

  private byte[] single(JsonNode request) throws IOException {
    String method = request.path("method").asText();
    if (READS.contains(method)) {
      return passed(request);
    }
    return JSON.writeValueAsBytes(
        method.equals(SEND)
            ? send(request)
            : error(request.path("id"), METHOD_NOT_FOUND, "no such method here: " + method));
  }

  /** What was checked is what is sent: written anew, so that no second key hides another method. */
  private byte[] passed(JsonNode request) throws IOException {
    try {
      return chain.forward(JSON.writeValueAsBytes(request));
    } catch (SettlementException e) {
      LOG.warn("a read failed: {}", e.getMessage());
      JsonNode id = request.isArray() ? JSON.nullNode() : request.path("id");
      return JSON.writeValueAsBytes(error(id, INTERNAL_ERROR, String.valueOf(e.getMessage())));
    }
  }

  private JsonNode send(JsonNode request) {
    JsonNode id = request.path("id");
    Bytes transaction;
    try {
      transaction = Bytes.fromHex(request.path("params").path(0).asText());
    } catch (IllegalArgumentException e) {
      return error(id, INVALID_PARAMETERS, "the transaction is not hexadecimal");
    }
    if (transaction.isEmpty() || transaction.size() > MAX_TRANSACTION_BYTES) {
      return error(
          id, INVALID_PARAMETERS, "a transaction has 1 to " + MAX_TRANSACTION_BYTES + " bytes");
    }
    try {
      chain.submit(transaction);
    } catch (RpcRefusal refusal) {
      return error(id, refusal.number(), refusal.text());
    } catch (SettlementException e) {
      LOG.error("a transaction failed: {}", e.getMessage());
      return error(id, INTERNAL_ERROR, String.valueOf(e.getMessage()));
    }
    ObjectNode answer = envelope(id);
    answer.put("result", Keccak256.hash(transaction.unsafeArray()).toHex());
    return answer;
  }

  private static ObjectNode envelope(JsonNode id) {
    ObjectNode envelope = JSON.createObjectNode();
    envelope.put("jsonrpc", "2.0");
    envelope.set("id", id.isMissingNode() ? JSON.nullNode() : id);
    return envelope;
  }

  private static JsonNode error(JsonNode id, int number, String text) {
    ObjectNode envelope = envelope(id);
    envelope.putObject("error").put("code", number).put("message", text);
    return envelope;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

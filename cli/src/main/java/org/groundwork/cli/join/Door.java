package org.groundwork.cli.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.groundwork.cli.Json;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.TokenAmount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where machines join, over TLS: {@code /v1/join} takes a token and gives the deployment and a
 * credential; {@code /v1/rpc} passes the chain on to who shows one. Nothing is said to others.
 */
public final class Door implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_CONCURRENT = 64;
  private static final int MAX_JOIN_BYTES = 4096;
  private static final int MAX_RPC_BYTES = 2 << 20;
  private static final String BEARER = "Bearer ";

  /** What a verifier or gateway stakes; a deployment on one machine gives it to who joins. */
  static final TokenAmount STAKE =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(1_000)));

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;

  static {
    System.setProperty("sun.net.httpserver.maxReqTime", "60");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final LocalNetwork network;
  private final Guests guests;
  private final Consumer<String> say;
  private final HttpsServer server;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MAX_CONCURRENT);

  private Door(LocalNetwork network, String address, InstantSource clock, Consumer<String> say)
      throws IOException {
    this.network = network;
    this.say = say;
    guests = new Guests(network.folder(), clock, new SecureRandom());
    int colon = address.lastIndexOf(':');
    server =
        HttpsServer.create(
            new InetSocketAddress(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
            MAX_CONCURRENT);
    server.setHttpsConfigurator(new HttpsConfigurator(DoorKey.open(network.accounts()).context()));
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /** Opens the door at an address, such as {@code 10.0.0.1:8443}. */
  public static Door open(
      LocalNetwork network, String address, InstantSource clock, Consumer<String> say)
      throws IOException {
    Door door = new Door(network, address, clock, say);
    door.server.start();
    return door;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!places.tryAcquire()) {
        exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
        return;
      }
      try {
        answer(exchange);
      } finally {
        places.release();
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    switch (path) {
      case "POST /v1/join" -> join(exchange);
      case "POST /v1/rpc" -> rpc(exchange);
      default -> exchange.sendResponseHeaders(NOT_FOUND, -1);
    }
  }

  /** A body of at most so many bytes; empty if there is more, which was answered. */
  private static Optional<byte[]> body(HttpExchange exchange, int most) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(most + 1);
    if (body.length > most) {
      exchange.sendResponseHeaders(TOO_LARGE, -1);
      return Optional.empty();
    }
    return Optional.of(body);
  }

  /** What somebody who joins sends. */
  record Request(Bytes secret, AccountId account) {
    /** Reads a request. */
    static Request decode(byte[] body) throws Malformed {
      try {
        JsonNode json = Json.MAPPER.readTree(body);
        return new Request(
            Bytes.fromHex(json.path("secret").asText()),
            AccountId.fromHex(json.path("account").asText()));
      } catch (IOException | IllegalArgumentException e) {
        throw new Malformed("no request to join");
      }
    }
  }

  private void join(HttpExchange exchange) throws IOException {
    Optional<byte[]> body = body(exchange, MAX_JOIN_BYTES);
    if (body.isEmpty()) {
      return;
    }
    Request request;
    try {
      request = Request.decode(body.get());
    } catch (Malformed e) {
      exchange.sendResponseHeaders(BAD_REQUEST, -1);
      return;
    }
    Optional<JoinRole> role = guests.take(request.secret());
    if (role.isEmpty()) {
      exchange.sendResponseHeaders(FORBIDDEN, -1);
      return;
    }
    network.fund(request.account(), role.get() == JoinRole.PROVIDER ? TokenAmount.ZERO : STAKE);
    Bytes credential = guests.admit(role.get(), request.account().toHex());
    ObjectNode answer = Json.object().put("credential", credential.toHex());
    if (role.get() == JoinRole.PROVIDER) {
      answer.put("network", network.network().value());
    }
    answer.set("deployment", Json.MAPPER.readTree(Files.readAllBytes(network.deploymentFile())));
    say.accept("A " + role.get().word() + " joined: " + request.account());
    send(exchange, OK, Json.line(answer).getBytes(StandardCharsets.UTF_8));
  }

  private void rpc(HttpExchange exchange) throws IOException {
    if (!isKnown(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(FORBIDDEN, -1);
      return;
    }
    Optional<byte[]> body = body(exchange, MAX_RPC_BYTES);
    if (body.isEmpty()) {
      return;
    }
    byte[] answer;
    try {
      answer = Forward.send(http, HttpRequest.newBuilder(network.rpc()), body.get(), PATIENCE);
    } catch (IOException e) {
      LOG.debug("the chain does not answer: {}", e.getMessage());
      exchange.sendResponseHeaders(BAD_GATEWAY, -1);
      return;
    }
    send(exchange, OK, answer);
  }

  private boolean isKnown(@org.jspecify.annotations.Nullable String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return false;
    }
    try {
      return guests.knows(Bytes.fromHex(authorization.substring(BEARER.length())));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}

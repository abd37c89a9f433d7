package org.groundwork.cli.join;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first machine's chain at a loopback address of a joined machine, through the door. */
final class ChainTunnel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChainTunnel.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_CONCURRENT = 64;
  private static final int MAX_BYTES = 2 << 20;
  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;

  private final URI door;
  private final String credential;
  private final HttpClient http;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MAX_CONCURRENT);

  ChainTunnel(Path folder, JoinSetup setup, int port) throws IOException {
    door = URI.create("https://" + setup.door() + "/v1/rpc");
    credential =
        Files.readString(folder.resolve(JoinSetup.CREDENTIAL), StandardCharsets.US_ASCII).strip();
    http = client(new Hash(Bytes.fromHex(setup.certificate())));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** A client that trusts one certificate. */
  static HttpClient client(Hash certificate) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .sslContext(PinnedTrust.context(certificate))
        .build();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
      } else if (!places.tryAcquire()) {
        exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
      } else {
        try {
          forward(exchange);
        } finally {
          places.release();
        }
      }
    }
  }

  private void forward(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      exchange.sendResponseHeaders(TOO_LARGE, -1);
      return;
    }
    byte[] answer;
    try {
      HttpRequest.Builder to =
          HttpRequest.newBuilder(door).header("Authorization", "Bearer " + credential);
      answer = Forward.send(http, to, body, PATIENCE);
    } catch (IOException e) {
      LOG.warn("The chain cannot be reached through {}: {}", door, e.getMessage());
      exchange.sendResponseHeaders(BAD_GATEWAY, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(OK, answer.length);
    exchange.getResponseBody().write(answer);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}

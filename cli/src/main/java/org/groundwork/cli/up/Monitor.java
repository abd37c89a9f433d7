package org.groundwork.cli.up;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.groundwork.cli.Json;
import org.groundwork.node.run.Worker;

/**
 * Says on loopback how the machine is: {@code /status}, {@code /health/live}, {@code
 * /health/ready}, {@code /metrics}. Looks every few seconds, and raises alerts.
 */
final class Monitor implements AutoCloseable {
  private static final Duration LOOKING = Duration.ofSeconds(2);

  /** A look may take as long as all parts' patience together; longer, and it hangs. */
  private static final Duration ALIVE = Duration.ofMinutes(3);

  private static final int MAX_CONCURRENT = 16;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final Watch watch;
  private final UpSetup.Alerts limits;
  private final InstantSource clock;
  private final String version;
  private final Alarms alarms;
  private final Instant since;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MAX_CONCURRENT);
  private final Worker looking = new Worker("watch", LOOKING, this::look);
  private final Optional<Webhook> webhook;
  private final Worker sending = new Worker("alerts", LOOKING, this::send);
  private volatile Optional<Vitals> last = Optional.empty();
  private volatile Instant lastAt;

  Monitor(
      int port,
      Watch watch,
      UpSetup.Alerts limits,
      InstantSource clock,
      String version,
      Consumer<String> say)
      throws IOException {
    this.watch = watch;
    this.limits = limits;
    this.clock = clock;
    this.version = version;
    alarms = new Alarms(say);
    since = clock.instant();
    lastAt = since;
    webhook =
        limits.webhook().isEmpty()
            ? Optional.empty()
            : Optional.of(new Webhook(URI.create(limits.webhook())));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  void start() {
    server.start();
    looking.start();
    sending.start();
  }

  private boolean look() throws IOException, InterruptedException {
    Vitals vitals = watch.look();
    alarms.update(Alert.of(vitals, limits), vitals.at());
    last = Optional.of(vitals);
    lastAt = clock.instant();
    return false;
  }

  private boolean send() throws IOException, InterruptedException {
    alarms.send(webhook.isPresent() ? webhook.get() : _ -> {});
    return false;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
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
    Optional<Vitals> vitals = last;
    switch (exchange.getRequestURI().getPath()) {
      case "/health/live" -> {
        boolean live = lastAt.plus(ALIVE).isAfter(clock.instant());
        send(exchange, live ? OK : UNAVAILABLE, "text/plain", live ? "ok\n" : "the watch hangs\n");
      }
      case "/health/ready" -> {
        boolean ready =
            vitals.isPresent() && vitals.get().chain().isPresent() && vitals.get().partsAreWell();
        send(exchange, ready ? OK : UNAVAILABLE, "text/plain", ready ? "ok\n" : "not ready\n");
      }
      case "/status" -> {
        if (vitals.isEmpty()) {
          send(exchange, UNAVAILABLE, "application/json", "{\"health\":\"starting\"}");
        } else {
          String json = Json.line(VitalsJson.of(vitals.get(), alarms.raised(), since, version));
          send(exchange, OK, "application/json", json);
        }
      }
      case "/metrics" ->
          send(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics(vitals));
      default -> send(exchange, NOT_FOUND, "text/plain", "not found\n");
    }
  }

  private String metrics(Optional<Vitals> vitals) throws IOException {
    if (vitals.isEmpty()) {
      return "";
    }
    Exposition out = VitalsMetrics.of(vitals.get(), alarms.raised(), since);
    try {
      List<Map.Entry<String, String>> texts = watch.metrics();
      texts.forEach(text -> out.add(text.getKey(), text.getValue()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return out.toString();
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    looking.close();
    sending.close();
    threads.shutdownNow();
    watch.close();
    webhook.ifPresent(Webhook::close);
  }
}

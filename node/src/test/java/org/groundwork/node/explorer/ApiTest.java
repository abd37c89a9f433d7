package org.groundwork.node.explorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.groundwork.node.explorer.api.Endpoint;
import org.groundwork.node.explorer.api.Endpoints;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the explorer's server answers, and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
  private static final int PER_SECOND = 1000;
  private static final String GRAPHQL = "/api/v1/graphql";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExplorerBed bed;
  private final Explorer explorer;

  ApiTest() throws Exception {
    ScriptedChain chain = new ScriptedChain();
    chain.add(ExplorerBed.network(), ExplorerBed.bought());
    chain.add(ExplorerBed.device(1, "=HYPERLINK(\"x\")"), ExplorerBed.device(2, "b,\"c\""));
    chain.add(chain.result(0, Map.of(1L, 100L, 2L, 0L)));
    DatabaseAddress address = new DatabaseAddress("jdbc:h2:mem:api");
    bed = new ExplorerBed(address, chain);
    bed.index();
    explorer =
        Explorer.start(
            settings(address, PER_SECOND), bed.scope(), chain, chain, InstantSource.system());
  }

  private static ExplorerSettings settings(DatabaseAddress address, int perSecond) {
    return new ExplorerSettings(
        address, new ServerSettings("127.0.0.1", 0, 100, 1 << 20), Optional.empty(), perSecond);
  }

  @AfterAll
  void end() throws IOException {
    explorer.close();
    bed.close();
    http.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(explorer.uri().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return Json.decode(Bytes.wrap(response.body()));
  }

  private JsonNode graphql(String query) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(explorer.uri().resolve(GRAPHQL))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    Json.encode(Json.object().put("query", query)).unsafeArray()))
            .build();
    return Json.decode(
        Bytes.wrap(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body()));
  }

  @Test
  void everyPathIsStatedAndEveryMemberToo() throws Exception {
    String stated;
    try (InputStream in =
        Objects.requireNonNull(ApiTest.class.getResourceAsStream("/explorer/openapi.yaml"))) {
      stated = new String(in.readAllBytes(), UTF_8);
    }
    TreeSet<String> paths = new TreeSet<>();
    Matcher path = Pattern.compile("(?m)^  (/api/v1/[^:]+):$").matcher(stated);
    while (path.find()) {
      paths.add(path.group(1));
    }
    for (Endpoint endpoint : Endpoints.all()) {
      assertThat(paths).contains(endpoint.path());
      String asked =
          endpoint
              .path()
              .replace("{network}", "1")
              .replace("{epoch}", "0")
              .replace("{device}", "1")
              .replace("{address}", ScriptedChain.owner(1).toHex())
              .replace("{proposal}", "1");
      HttpResponse<byte[]> response =
          get(endpoint.path().endsWith("search") ? asked + "?q=1" : asked);
      assertThat(response.statusCode())
          .as(asked)
          .isEqualTo(endpoint.path().contains("{proposal}") ? 404 : 200);
      JsonNode answer = Json.decode(Bytes.wrap(response.body()));
      isStated(stated, asked, answer);
      answer.path("items").forEach(item -> isStated(stated, asked, item));
    }
  }

  private static void isStated(String stated, String asked, JsonNode answer) {
    for (Map.Entry<String, JsonNode> member : answer.properties()) {
      assertThat(stated).as(asked).contains(member.getKey() + ":");
    }
  }

  @Test
  void answersSayWhatTheyRestOn() throws Exception {
    JsonNode source = json("/api/v1/devices/1").path("source");
    assertThat(source.path("epoch").asInt()).isZero();
    assertThat(source.path("moneyRoot").asText()).startsWith("0x");
    assertThat(source.path("blockHash").asText()).startsWith("0x");
    assertThat(source.path("files").toString()).contains("devices.json");
  }

  @Test
  void sameContentIsNotSentTwice() throws Exception {
    String large = "/api/v1/openapi.yaml";
    HttpResponse<byte[]> first = get(large, "Accept-Encoding", "gzip");
    assertThat(first.headers().firstValue("content-encoding")).contains("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(first.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("openapi:");
    }
    String tag = first.headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> again = get(large, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void everyAnswerIsGuarded() throws Exception {
    for (String path : new String[] {"/", "/api/v1/overview", "/api/v1/nothing"}) {
      var headers = get(path).headers();
      assertThat(headers.firstValue("content-security-policy").orElse(""))
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
      assertThat(headers.firstValue("set-cookie")).isEmpty();
      assertThat(headers.firstValue("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void thePagesOwnPlacesGetItsFirstFileAndNothingElseIsFound() throws Exception {
    assertThat(get("/devices/1").headers().firstValue("content-type").orElse(""))
        .startsWith("text/html");
    for (String path :
        new String[] {"/gone.js", "/api/v2", "/..%2f..%2fetc%2fpasswd", "/.git/config"}) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    for (String path :
        new String[] {
          "devices?limit=0",
          "devices?limit=201",
          "devices?cursor=x",
          "devices?state=lost",
          "devices?owner=0x12",
          "devices?cell=zz",
          "devices?colour=red",
          "devices?limit=1&limit=2",
          "devices/0x1",
          "cells?resolution=9",
          "cells?resolution=7&within=81203ffffffffff",
          "epochs/99999999999",
          "search",
          "events?name=%27%3B+DROP+TABLE+event%3B--&cursor=%27",
          "overview?format=csv"
        }) {
      HttpResponse<byte[]> response = get("/api/v1/" + path);
      assertThat(response.statusCode()).as(path).isEqualTo(400);
      assertThat(new String(response.body(), UTF_8)).contains("request.malformed");
    }
    assertThat(get("/api/v1/devices/77").statusCode()).isEqualTo(404);
  }

  @Test
  void listsAreTablesToo() throws Exception {
    HttpResponse<byte[]> csv = get("/api/v1/devices?format=csv");
    assertThat(csv.headers().firstValue("content-type").orElse("")).startsWith("text/csv");
    assertThat(new String(csv.body(), UTF_8).split("\r\n", -1)).hasSize(4);
    String events = new String(get("/api/v1/events?format=csv").body(), UTF_8);
    assertThat(events).contains("DeviceRegistered").doesNotContain(",=");
    HttpResponse<byte[]> cut = get("/api/v1/devices?format=csv&limit=1");
    assertThat(cut.headers().firstValue("link").orElse(""))
        .isEqualTo("</api/v1/devices?format=csv&limit=1&cursor=1>; rel=\"next\"");
    byte[] parquet = get("/api/v1/payments?format=parquet").body();
    assertThat(new String(parquet, 0, 4, UTF_8)).isEqualTo("PAR1");
  }

  @Test
  void graphQlSaysTheSameAndIsBounded() throws Exception {
    JsonNode page =
        graphql("{ devices(limit: 1) { items { device paid state } next } }").path("data");
    assertThat(page.path("devices").path("items").get(0).path("paid").asText()).isEqualTo("100");
    JsonNode next =
        graphql(
            "{ devices(limit: 1, cursor: \"%s\") { items { device } next } }"
                .formatted(page.path("devices").path("next").asText()));
    assertThat(next.path("data").path("devices").path("items").get(0).path("device").asInt())
        .isEqualTo(2);
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 100; i++) {
      many.append("a").append(i).append(": overview ");
    }
    assertThat(graphql(many.append("}").toString()).path("errors").get(0).path("message").asText())
        .contains("complexity");
    assertThat(graphql("{ devices(limit: 999) { next } }").path("errors").toString())
        .contains("limit is 1 to 200");
  }

  @Test
  void graphQlIsNotAskedByAForm() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(explorer.uri().resolve(GRAPHQL))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"{ overview }\"}"))
            .build();
    assertThat(http.send(form, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(400);
  }

  @Test
  void liveListenersAreToldHowThingsStandAndWhatChanges() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    WebSocket socket = listen(told, "");
    assertThat(told.get(20, TimeUnit.SECONDS)).contains("\"type\":\"state\"");
    socket.abort();
    CompletableFuture<String> nothing = new CompletableFuture<>();
    assertThat(
            CompletableFuture.supplyAsync(() -> listen(nothing, "https://elsewhere.example"))
                .handle((_, refused) -> refused != null)
                .get(20, TimeUnit.SECONDS))
        .isTrue();
  }

  private WebSocket listen(CompletableFuture<String> told, String origin) {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    URI uri = URI.create(explorer.uri().toString().replace("http:", "ws:") + "/api/v1/live");
    return builder
        .buildAsync(
            uri,
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                told.complete(text.toString());
                return WebSocket.Listener.super.onText(socket, text, last);
              }
            })
        .join();
  }

  @Test
  void whoAsksTooOftenWaits() throws Exception {
    DatabaseAddress address = new DatabaseAddress("jdbc:h2:mem:slow");
    try (Explorer slow =
        Explorer.start(
            settings(address, 1), bed.scope(), bed.chain, bed.chain, InstantSource.system())) {
      int refused = 0;
      for (int i = 0; i < 15; i++) {
        HttpRequest request = HttpRequest.newBuilder(slow.uri().resolve("/api/v1/epochs")).build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 429) {
          refused++;
          assertThat(response.headers().firstValue("retry-after")).contains("1");
        }
      }
      assertThat(refused).isPositive();
    }
  }
}

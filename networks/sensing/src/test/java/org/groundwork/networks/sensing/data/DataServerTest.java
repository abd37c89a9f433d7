package org.groundwork.networks.sensing.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.groundwork.networks.sensing.data.DataWorld.CELL;
import static org.groundwork.networks.sensing.data.DataWorld.OTHER;
import static org.groundwork.networks.sensing.data.DataWorld.PAYER;
import static org.groundwork.networks.sensing.data.DataWorld.PRICE;
import static org.groundwork.networks.sensing.data.DataWorld.SERVER;
import static org.groundwork.networks.sensing.data.DataWorld.key;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.groundwork.networks.sensing.customer.DataRefusal;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SigningDomain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataServerTest {
  private static final long NOON = 1_700_000_000;

  @TempDir private Path folder;
  private @Nullable DataWorld opened;

  @BeforeEach
  void open() throws IOException {
    opened = new DataWorld(folder);
  }

  @AfterEach
  void close() throws IOException {
    world().close();
  }

  private DataWorld world() {
    return Objects.requireNonNull(opened);
  }

  @Test
  void reportsADealBeforeItSellsAnything() throws Exception {
    SignedScopeDeal deal = world().deal();
    world().client.buy(deal);
    world().client.buy(deal);
    assertThat(world().outbox.waiting()).isEqualTo(1);
    Bytes payload = world().outbox.oldest().orElseThrow();
    assertThat(payload.get(0)).isEqualTo((byte) 2);
    assertThat(Purchases.decode(payload.slice(1, payload.size()))).isEqualTo(deal);
  }

  @Test
  void sellsFreshReadingsOfTheCellsThatWereBoughtAsUnverified() throws Exception {
    SignedScopeDeal deal = bought();
    Report forged = world().report(1, DataWorld.deviceKey(2), reading(NOON, 999));
    Report first = world().report(1, NOON, 215);
    world().seal(first, world().report(4, NOON, 100), forged);
    world().seal(first, world().report(1, NOON + 60, 216), world().report(2, NOON, 201));
    world().server.step();
    List<JsonNode> rows = rows(world().client.latest(world().token(deal), List.of(), Format.JSON));
    assertThat(rows).extracting(row -> row.get("device").asLong()).containsExactly(2L, 1L);
    assertThat(rows.getLast().get("temperature").decimalValue()).isEqualByComparingTo("21.6");
    assertThat(rows.getLast().get("time").textValue()).isEqualTo("2023-11-14T22:14:20Z");
    assertThat(rows.getLast().get("cell").textValue()).isEqualTo(Long.toHexString(CELL));
    assertThat(rows).extracting(row -> row.get("state").textValue()).containsOnly("unverified");
    assertThat(rows(history(deal, Format.JSON))).hasSize(3);
  }

  @Test
  void callsAcceptedAndFinalWhatResultsCallSoAndDropsTheRest() throws Exception {
    SignedScopeDeal deal = bought();
    Report good = world().report(1, NOON, 215);
    world().seal(good, world().report(2, NOON, 700));
    world().server.step();
    world().accept(7, Set.of(), good);
    world().server.step();
    List<JsonNode> rows = rows(history(deal, Format.JSON));
    assertThat(rows).extracting(row -> row.get("state").textValue()).containsExactly("accepted");
    world().makeFinal();
    world().server.step();
    assertThat(rows(history(deal, Format.JSON)))
        .extracting(row -> row.get("state").textValue())
        .containsExactly("final");
  }

  @Test
  void takesBackWhatAVoidedResultAccepted() throws Exception {
    SignedScopeDeal deal = bought();
    world().accept(7, Set.of(), world().report(1, NOON, 215));
    world().server.step();
    assertThat(rows(history(deal, Format.JSON))).hasSize(1);
    world().accepted.clear();
    world().server.step();
    assertThat(rows(history(deal, Format.JSON))).isEmpty();
    world().accept(7, Set.of(), world().report(2, NOON, 100), world().report(3, NOON, 101));
    world().server.step();
    assertThat(rows(history(deal, Format.JSON))).hasSize(2);
  }

  @Test
  void exportsTheSameRowsAsCsvJsonAndParquet() throws Exception {
    SignedScopeDeal deal = bought();
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      reports.add(world().report(1 + i % 3, NOON + i, -400 + i));
    }
    world().accept(7, Set.of(), reports.toArray(Report[]::new));
    world().seal(world().report(1, NOON + 999, 5));
    world().pass(3600);
    world().seal(world().report(1, NOON + 1000, 5));
    world().server.step();
    List<String> csv =
        new String(history(deal, Format.CSV).readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(csv).hasSize(1 + 500 + 1);
    assertThat(csv.getFirst()).startsWith("time,cell,device,epoch,state,temperature,humidity,");
    assertThat(csv.get(1))
        .isEqualTo("2023-11-14T22:13:20Z,871f1d48affffff,1,7,accepted,-40.0,55,,,,,");
    assertThat(parquet(deal)).isEqualTo(csv.subList(1, csv.size()));
    List<String> json =
        rows(history(deal, Format.JSON)).stream()
            .map(row -> row.get("time").asText() + " " + row.get("temperature").decimalValue())
            .toList();
    assertThat(json)
        .isEqualTo(
            csv.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> cells[0] + " " + new java.math.BigDecimal(cells[5]))
                .toList());
  }

  /** What another instance of DuckDB reads in the Parquet file. */
  private List<String> parquet(SignedScopeDeal deal) throws Exception {
    Path file = folder.resolve("export.parquet");
    Files.write(file, history(deal, Format.PARQUET).readAllBytes());
    List<String> rows = new ArrayList<>();
    try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
        var sql = duckdb.createStatement();
        ResultSet found = sql.executeQuery("SELECT * FROM '" + file + "'")) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(i == 1 ? "" : ",");
          Object value = found.getObject(i);
          if (value instanceof java.time.OffsetDateTime time) {
            row.append(time.toInstant());
          } else if (value != null) {
            row.append(value);
          }
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Test
  void answersCurl() throws Exception {
    SignedScopeDeal deal = bought();
    world().seal(world().report(1, NOON, 215));
    world().server.step();
    Process curl =
        new ProcessBuilder(
                "curl",
                "--silent",
                "--fail-with-body",
                "--header",
                "Authorization: Bearer " + world().token(deal).text(),
                world().server.uri() + "/v1/latest?format=csv&cell=" + Long.toHexString(CELL))
            .redirectErrorStream(true)
            .start();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).as(answer).isZero();
    assertThat(answer).contains("2023-11-14T22:13:20Z,871f1d48affffff,1,7,unverified,21.5,55");
  }

  @Test
  void streamsFreshReadingsOfBoughtCellsToAWebSocket() throws Exception {
    SignedScopeDeal deal = bought();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    URI uri = URI.create(world().server.uri().replace("http", "ws") + "/v1/stream");
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .header("Authorization", "Bearer " + world().token(deal).text())
              .buildAsync(uri, new Hearing(heard))
              .join();
      world().seal(world().report(4, NOON, 1), world().report(1, NOON, 215));
      world().server.step();
      assertThat(heard.poll(10, TimeUnit.SECONDS))
          .isEqualTo(
              "{\"time\":\"2023-11-14T22:13:20Z\",\"cell\":\"871f1d48affffff\",\"device\":1,"
                  + "\"epoch\":7,\"state\":\"unverified\",\"temperature\":21.5,\"humidity\":55}");
      assertThat(heard).isEmpty();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      assertThatThrownBy(
              () -> http.newWebSocketBuilder().buildAsync(uri, new Hearing(heard)).join())
          .isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void aStreamStaysHoweverLongItsCustomerSaysNothing() throws Exception {
    close();
    Duration read = Duration.ofMillis(100);
    opened = new DataWorld(folder.resolve("impatient"), read);
    SignedScopeDeal deal = bought();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    URI uri = URI.create(world().server.uri().replace("http", "ws") + "/v1/stream");
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .header("Authorization", "Bearer " + world().token(deal).text())
              .buildAsync(uri, new Hearing(heard))
              .join();
      Thread.sleep(read.multipliedBy(5));
      world().seal(world().report(1, NOON, 215));
      world().server.step();
      assertThat(heard.poll(10, TimeUnit.SECONDS)).contains("\"temperature\":21.5");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }

  private record Hearing(BlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      heard.add(data.toString());
      socket.request(1);
      return null;
    }
  }

  @Test
  void refusesTokensThatOpenNothing() throws Exception {
    SignedScopeDeal deal = bought();
    long soon = world().now() + 60;
    var id = deal.deal().id();
    SigningDomain elsewhere = SigningDomain.of(BigInteger.TWO, DataWorld.account("registry"));
    refused("token.wrong-key", DataToken.sign(DataWorld.DOMAIN, id, SERVER, soon, key("thief")));
    refused("token.wrong-key", DataToken.sign(elsewhere, id, SERVER, soon, PAYER));
    refused("token.wrong-key", DataToken.sign(DataWorld.DOMAIN, id, new DeviceId(8), soon, PAYER));
    refused("token.expired", DataToken.sign(DataWorld.DOMAIN, id, SERVER, world().now(), PAYER));
    refused(
        "token.too-long",
        DataToken.sign(DataWorld.DOMAIN, id, SERVER, world().now() + 86_401, PAYER));
    refused(
        "scope.unknown",
        DataToken.sign(DataWorld.DOMAIN, DataWorld.hash("other"), SERVER, soon, PAYER));
    assertThat(get("/v1/latest", "").body()).contains("token.missing");
    assertThat(get("/v1/latest", "Bearer nonsense").body()).contains("token.malformed");
    assertThat(get("/v1/latest", "Bearer " + "A".repeat(4000)).body()).contains("token.malformed");
  }

  @Test
  void handsOutNothingBeyondThePurchase() throws Exception {
    SignedScopeDeal deal = bought();
    world().pass(3 * 3600);
    world().seal(world().report(1, NOON, 215));
    world().server.step();
    // It is epoch 10 now; the deal ended with epoch 9.
    assertThat(rows(world().client.latest(world().token(deal), List.of(), Format.JSON))).isEmpty();
    assertThatThrownBy(
            () -> world().client.latest(world().token(deal), List.of(OTHER), Format.JSON))
        .isInstanceOfSatisfying(
            DataRefusal.class, e -> assertThat(e.code()).isEqualTo("scope.not-covered"));
  }

  @Test
  void endsAPurchaseThatAResultCouldNotChargeInFull() throws Exception {
    SignedScopeDeal deal = bought();
    world().accept(7, Set.of(deal.deal().id()));
    world().server.step();
    refused("scope.unpaid", world().token(deal));
  }

  @Test
  void refusesDealsThatWouldNotBePaid() {
    EpochNumber last = new EpochNumber(9);
    Credits cost = DataWorld.times(PRICE, 3);
    Credits less = new Credits(cost.value().subtract(BigInteger.ONE));
    Credits cheap = new Credits(PRICE.value().subtract(BigInteger.ONE));
    ReservationId good = world().reserve("payer", cost, last);
    refused("reservation.unknown", deal(new ReservationId(DataWorld.hash("none")), PRICE, cost, 9));
    refused("reservation.mismatch", deal(world().reserve("thief", cost, last), PRICE, cost, 9));
    refused(
        "reservation.mismatch",
        deal(world().reserve("payer", DataWorld.account("owner"), cost, last), PRICE, cost, 9));
    refused("reservation.small", deal(world().reserve("payer", less, last), PRICE, cost, 9));
    refused(
        "reservation.over",
        deal(world().reserve("payer", cost, new EpochNumber(8)), PRICE, cost, 9));
    refused("scope.cap", deal(good, PRICE, less, 9));
    refused("scope.price", deal(good, cheap, cost, 9));
    world().pass(3 * 3600);
    refused("scope.wrong-epochs", deal(good, PRICE, cost, 9));
    assertThat(world().outbox.waiting()).isZero();
  }

  @Test
  void sellsAReservationOnce() throws Exception {
    world().client.buy(world().deal());
    ReservationId reserved = world().reservations.keySet().iterator().next();
    refused("reservation.small", deal(reserved, PRICE, PRICE, 7));
  }

  @Test
  void refusesDealsOfOthersAndOfOtherCells() {
    SignedScopeDeal deal = world().deal();
    refused(
        "scope.wrong-key", new SignedScopeDeal(deal.deal(), key("thief").sign(deal.deal().id())));
    List<Long> coarse = List.of(0x861f1d48fffffffL);
    refused(
        "scope.wrong-cells",
        DataWorld.sign(
            DataWorld.terms(deal.deal().terms().reservation(), coarse, PRICE, PRICE, 7, 7),
            coarse));
  }

  @Test
  void refusesWhatCannotBeRead() throws Exception {
    SignedScopeDeal deal = bought();
    String bearer = "Bearer " + world().token(deal).text();
    assertThat(get("/v1/latest?cell=xyz", bearer).body()).contains("request.malformed");
    assertThat(get("/v1/latest?format=xml", bearer).body()).contains("request.malformed");
    assertThat(get("/v1/history?from=yesterday", bearer).body()).contains("request.malformed");
    assertThat(get("/v1/stream", bearer).body()).contains("WebSocket");
    assertThat(get("/v1/nothing", bearer).statusCode()).isEqualTo(404);
    assertThat(
            get("/v1/latest?cell=" + "871f1d48affffff,".repeat(1024) + "871f1d48affffff", bearer)
                .statusCode())
        .isEqualTo(413);
    assertThat(post(new byte[] {1, 2, 3}).body()).contains("request.malformed");
    assertThat(post(new byte[20_000]).statusCode()).isEqualTo(413);
  }

  @Test
  void saysWhoSignsForTheStationsOfACell() throws Exception {
    String body = get("/v1/devices?cell=" + Long.toHexString(OTHER), "").body();
    JsonNode devices = ReadingJson.MAPPER.readTree(body).get("devices");
    assertThat(devices).hasSize(1);
    assertThat(devices.get(0).get("device").asLong()).isEqualTo(4);
    assertThat(devices.get(0).get("custody").asText()).isEqualTo("bridge");
    assertThat(get("/v1/devices?cell=" + Long.toHexString(CELL), "").body())
        .contains("own-key")
        .doesNotContain("bridge");
  }

  @Test
  void countsStationsOfCells() throws IOException {
    assertThat(world().client.devices(List.of(CELL, OTHER))).isEqualTo(Map.of(CELL, 3L, OTHER, 1L));
    assertThat(world().client.offer().price()).isEqualTo(PRICE);
  }

  private SignedScopeDeal bought() throws IOException {
    SignedScopeDeal deal = world().deal();
    world().client.buy(deal);
    return deal;
  }

  private static SignedScopeDeal deal(
      ReservationId reservation, Credits rate, Credits cap, long last) {
    List<Long> cells = List.of(CELL);
    return DataWorld.sign(DataWorld.terms(reservation, cells, rate, cap, 7, last), cells);
  }

  private void refused(String code, SignedScopeDeal deal) {
    assertThatThrownBy(() -> world().client.buy(deal))
        .isInstanceOfSatisfying(DataRefusal.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private void refused(String code, DataToken token) {
    assertThatThrownBy(() -> world().client.latest(token, List.of(), Format.JSON))
        .isInstanceOfSatisfying(DataRefusal.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private InputStream history(SignedScopeDeal deal, Format format) throws IOException {
    return world().client.history(world().token(deal), List.of(CELL), "", "", format);
  }

  private HttpResponse<String> get(String target, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(world().server.uri() + target)).GET();
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(world().server.uri() + "/v1/scopes"))
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static Reading reading(long observedAt, long temperature) {
    return new Reading(observedAt, new TreeMap<>(Map.of(0, temperature)));
  }

  private static List<JsonNode> rows(InputStream json) throws IOException {
    try (json) {
      return ReadingJson.MAPPER.readTree(json).valueStream().toList();
    }
  }
}

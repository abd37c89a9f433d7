package org.groundwork.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.agent.Gateways;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.node.HttpGateways;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.RequestSignature;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.AccountKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRoutesTest {
  private static final EpochNumber NOW = EpochNumber.FIRST;

  private final SimNetwork network;
  private final Reporter reporter;
  private final HttpClient http = HttpClient.newHttpClient();
  private URI gateway = URI.create("http://127.0.0.1/");
  private URI verifier = gateway;

  HttpRoutesTest(@TempDir Path folder) {
    network = new SimNetwork(folder, new GatewayLimits(2_000, 5, 100_000, 64 << 10));
    reporter = network.register(1);
  }

  @BeforeEach
  void start() throws IOException {
    network.startVerifier(0);
    network.startGateway();
    gateway = network.client("gateway").base();
    verifier = network.client("verifier 0").base();
  }

  @AfterEach
  void stop() {
    http.close();
    network.close();
  }

  @Test
  void promisesOneReport() throws Exception {
    Report report = reporter.report(NOW);
    HttpResponse<byte[]> response = post("/v1/reports", report.encode());
    assertThat(response.statusCode()).isEqualTo(200);
    Promise promise = Promise.decode(Json.bytes(json(response), "promise"));
    assertThat(promise.isGenuine(Reporter.DOMAIN)).isTrue();
    assertThat(promise.report()).isEqualTo(Reporter.hash(report));
  }

  @Test
  void answersABatchInOrder() throws Exception {
    List<Report> reports =
        List.of(reporter.report(NOW), new Reporter(9).report(NOW), reporter.report(NOW.next()));
    HttpResponse<byte[]> response = post("/v1/reports", ReportBatch.encode(reports));
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode answers = json(response);
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("report").textValue())
        .isEqualTo(Reporter.hash(reports.getFirst()).toHex());
    assertThat(code(answers.get(1))).isEqualTo("refused.unknown-device");
    assertThat(code(answers.get(2))).isEqualTo("refused.old-epoch");
  }

  @Test
  void refusesEachBadReportWithItsCodeAndStatus() throws Exception {
    assertError(post("/v1/reports", Bytes.EMPTY), 400, "refused.malformed");
    Bytes good = reporter.report(NOW).encode();
    assertError(post("/v1/reports", good.slice(0, good.size() - 1)), 400, "refused.malformed");
    assertError(post("/v1/reports", big(3_000)), 413, "refused.too-large");
    byte[] huge = new byte[8];
    huge[0] = 0x7F;
    assertError(post("/v1/reports", Bytes.wrap(huge)), 413, "refused.too-large");
    byte[] forged = good.toArray();
    forged[forged.length - 5] ^= 1;
    assertError(post("/v1/reports", Bytes.wrap(forged)), 403, "refused.wrong-signature");
    assertError(
        post("/v1/reports", new Reporter(7).report(NOW).encode()), 404, "refused.unknown-device");
    assertError(
        post("/v1/reports", reporter.report(NOW.next()).encode()), 409, "refused.old-epoch");
  }

  @Test
  void refusesBodiesAboveTheBoundBeforeReadingThem() throws Exception {
    Bytes tooLong = Bytes.wrap(new byte[ReportBatch.MAX_BYTES + 1]);
    assertError(post("/v1/reports", tooLong), 413, "request.too-large");
  }

  @Test
  void refusesABatchOfMoreThanAThousand() throws Exception {
    Bytes tiny = new Report(Bytes.EMPTY, Bytes.wrap(new byte[64])).encode();
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 1001; i++) {
      many.writeBytes(tiny.toArray());
    }
    assertError(post("/v1/reports", Bytes.wrap(many.toByteArray())), 413, "refused.too-large");
  }

  @Test
  void saysTooManyAndBusyWithStatusesThatClientsKnow() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(post("/v1/reports", reporter.report(NOW).encode()).statusCode()).isEqualTo(200);
    }
    assertError(post("/v1/reports", reporter.report(NOW).encode()), 429, "refused.too-many");
    List<Report> more = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      more.add(reporter.report(NOW));
    }
    JsonNode answers = json(post("/v1/reports", ReportBatch.encode(more)));
    assertThat(answers).hasSize(200).allMatch(each -> code(each).equals("refused.busy"));
  }

  @Test
  void wantsTheLengthOfABody() throws Exception {
    assertThat(
            raw(
                "POST /v1/reports HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 411")
        .contains("request.length-required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET /v1/network\r\n\r\n",
        "POST /v1/reports HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /v1/reports HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET /v1/segments/%zz HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void survivesWhatIsNoHttp(String request) throws Exception {
    assertThat(raw(request)).doesNotContain("at org.groundwork", "Exception");
    assertThat(post("/v1/reports", reporter.report(NOW).encode()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/nothing",
        "/v1/segments/0x00",
        "/v1/segments/zz",
        "/v1/indexes/0x12",
        "/v1/statements/x",
        "/v1/statements/99999999999999999999",
        "/v1/statements/5",
        "/v1/epochs/4294967296",
        "/v1/epochs/0/files/..%2f..%2fstatements.log",
        "/v1/epochs/0/files/result.json",
        "/v1/epochs/0/files/a/b/c.json",
        "/v1/carry/0x0000000000000000000000000000000000000000000000000000000000000000",
        "/v1/devices/0",
        "/v1/devices/77",
        "/v1/devices/x/why",
        "/v1/devices/1/why?epoch=9",
        "/v1/certificates/-1"
      })
  void answersEachUnknownThingWithAnErrorInJson(String target) throws Exception {
    HttpResponse<byte[]> response = get(verifier, target);
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(code(json(response))).startsWith("request.");
  }

  @Test
  void tellsOfTheNetworkTheDeviceAndItself() throws Exception {
    JsonNode told = json(get(gateway, "/v1/network"));
    assertThat(told.get("schedule").get("slotSeconds").longValue()).isEqualTo(10);
    assertThat(told.get("verifiers")).hasSize(1);
    assertThat(told.get("gateways")).hasSize(1);
    JsonNode device = json(get(verifier, "/v1/devices/1"));
    assertThat(device.get("keyHash").textValue()).isEqualTo(reporter.device().key().hash().toHex());
    assertThat(json(get(verifier, "/healthz")).get("status").textValue()).isEqualTo("ok");
    assertThat(json(get(verifier, "/v1/epochs")).get("next").longValue()).isZero();
    post("/v1/reports", reporter.report(NOW).encode());
    String metrics = new String(get(gateway, "/metrics").body(), StandardCharsets.UTF_8);
    assertThat(metrics).contains("groundwork_reports_total{answer=\"promised\"}");
  }

  @Test
  void takesSegmentsOfAStakedGatewayOnly() throws Exception {
    AccountKey key = SimNetwork.gatewayKey();
    Segment segment = segment(key);
    String target = "/v1/segments/" + segment.hash().toHex();
    Bytes content = segment.compress();
    assertError(put(target, content), 401, "request.unsigned");
    assertError(signed(target, content, Reporter.account("stranger"), 0), 403, "request.forbidden");
    assertError(signed(target, content, key, 500), 401, "request.unsigned");
    Bytes other = Bytes.wrap(new byte[] {1, 2, 3});
    assertError(signed(target, other, key, 0), 400, "request.malformed");
    Segment foreign = segment(Reporter.account("stranger"));
    assertError(
        signed("/v1/segments/" + foreign.hash().toHex(), foreign.compress(), key, 0),
        403,
        "request.forbidden");
    assertThat(signed(target, content, key, 0).statusCode()).isEqualTo(200);
    assertThat(get(verifier, target).body()).isEqualTo(content.toArray());
  }

  @Test
  void aSignatureForOneRequestIsWorthNothingForAnother() throws Exception {
    AccountKey key = SimNetwork.gatewayKey();
    Segment segment = segment(key);
    String target = "/v1/segments/" + segment.hash().toHex();
    RequestSignature signature =
        RequestSignature.sign(
            Reporter.DOMAIN, key, network.clock, "POST", target, segment.compress());
    assertError(send(target, segment.compress(), signature), 401, "request.unsigned");
    RequestSignature elsewhere =
        RequestSignature.sign(
            Reporter.DOMAIN, key, network.clock, "PUT", target + "0", segment.compress());
    assertError(send(target, segment.compress(), elsewhere), 401, "request.unsigned");
  }

  @Test
  void agentsGetGenuinePromisesThroughTheirPort() throws Exception {
    try (HttpPeers peers = new HttpPeers(java.time.Duration.ofSeconds(10))) {
      HttpGateways gateways =
          new HttpGateways(
              Reporter.DOMAIN,
              () ->
                  List.of(
                      new HttpGateways.Known(
                          SimNetwork.gatewayKey().account(), "http://127.0.0.1:1"),
                      new HttpGateways.Known(
                          Reporter.account("stranger").account(), gateway.toString()),
                      new HttpGateways.Known(
                          SimNetwork.gatewayKey().account(), gateway.toString())),
              peers);
      List<Gateways.Answer> answers =
          gateways.submit(List.of(reporter.report(NOW), reporter.report(NOW.next())));
      assertThat(answers.getFirst()).isInstanceOf(Gateways.Answer.Promised.class);
      assertThat(answers.getLast())
          .isEqualTo(
              new Gateways.Answer.Refused(
                  "refused.old-epoch",
                  "The report's sequence belongs to another epoch than the one that is open.",
                  false));
    }
  }

  private Bytes big(int payload) {
    return reporter.report(NOW, payload).encode();
  }

  private Segment segment(AccountKey key) throws Exception {
    SegmentWriter writer =
        new SegmentWriter(new SegmentHeader(Reporter.DOMAIN.deployment(), key.account(), NOW, 0));
    assertThat(writer.add(reporter.report(NOW))).isTrue();
    return writer.seal();
  }

  private HttpResponse<byte[]> post(String target, Bytes body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(gateway.resolve(target))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> put(String target, Bytes body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(verifier.resolve(target))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> signed(String target, Bytes body, AccountKey key, long late)
      throws Exception {
    RequestSignature signature =
        RequestSignature.sign(
            Reporter.DOMAIN,
            key,
            () -> network.clock.instant().minusSeconds(late),
            "PUT",
            target,
            body);
    return send(target, body, signature);
  }

  private HttpResponse<byte[]> send(String target, Bytes body, RequestSignature signature)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(verifier.resolve(target))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body.toArray()));
    signature.headers().forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(URI node, String target) throws Exception {
    return http.send(
        HttpRequest.newBuilder(node.resolve(target)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
    return Json.decode(Bytes.wrap(response.body()));
  }

  private static String code(JsonNode answer) {
    return answer.path("error").path("code").asText();
  }

  private static void assertError(HttpResponse<byte[]> response, int status, String code)
      throws Exception {
    assertThat(code(json(response))).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}

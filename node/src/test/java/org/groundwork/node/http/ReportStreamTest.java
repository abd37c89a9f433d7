package org.groundwork.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.groundwork.agent.Gateways;
import org.groundwork.node.HttpGateways;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.node.wire.ReportStreamClient;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ReportStreamTest {
  private static final EpochNumber NOW = EpochNumber.FIRST;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MIB = 1 << 20;

  private final SimNetwork network;
  private final Reporter reporter;
  private final HttpClient http = NodeClient.http();
  private URI uri = URI.create("http://127.0.0.1/");

  ReportStreamTest(@TempDir Path folder) {
    network = new SimNetwork(folder, new GatewayLimits(2_000, 2_000, 100_000, 8 * MIB));
    reporter = network.register(1);
  }

  @BeforeEach
  void start() throws IOException {
    network.startGateway();
    uri = network.client("gateway").base();
  }

  @AfterEach
  void stop() {
    http.close();
    network.close();
  }

  @Test
  void answersInOrderWhateverTakesHowLong() throws Exception {
    try (ReportStreamClient stream = open()) {
      List<List<Report>> messages = new ArrayList<>();
      List<Future<Bytes>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Report stranger = new Reporter(9).report(NOW);
        List<Report> message = new ArrayList<>();
        for (int j = 0; j <= i % 40; j++) {
          message.add(j % 7 == 3 ? stranger : reporter.report(NOW));
        }
        messages.add(message);
        answers.add(stream.send(ReportBatch.encode(message)));
      }
      for (int i = 0; i < messages.size(); i++) {
        List<Report> message = messages.get(i);
        List<StreamAnswer> said = decode(answers.get(i), message.size());
        for (int j = 0; j < message.size(); j++) {
          if (j % 7 == 3) {
            assertThat(said.get(j))
                .isEqualTo(new StreamAnswer.Refused("refused.unknown-device", 1000));
          } else {
            assertThat(promise(said.get(j)).report()).isEqualTo(Reporter.hash(message.get(j)));
          }
        }
        assertThat(promise(said.getFirst()).isGenuine(Reporter.DOMAIN)).isTrue();
      }
    }
  }

  @Test
  void aReportSentAgainOnAnotherStreamGetsTheSamePromise() throws Exception {
    Bytes message = ReportBatch.encode(List.of(reporter.report(NOW), reporter.report(NOW)));
    Bytes first;
    try (ReportStreamClient stream = open()) {
      first = stream.send(message).get(20, TimeUnit.SECONDS);
    }
    try (ReportStreamClient stream = open()) {
      assertThat(stream.send(message).get(20, TimeUnit.SECONDS)).isEqualTo(first);
    }
    network.stopGateway();
    network.startGateway();
    uri = network.client("gateway").base();
    try (ReportStreamClient stream = open()) {
      assertThat(stream.send(message).get(20, TimeUnit.SECONDS)).isEqualTo(first);
    }
  }

  @Test
  void failsWhatIsUnderWayWhenTheGatewayGoes() throws Exception {
    try (ReportStreamClient stream = open()) {
      stream.send(ReportBatch.encode(List.of(reporter.report(NOW)))).get(20, TimeUnit.SECONDS);
      network.stopGateway();
      assertThatThrownBy(() ->
              stream
                  .send(ReportBatch.encode(List.of(reporter.report(NOW))))
                  .get(20, TimeUnit.SECONDS))
          .isInstanceOf(Exception.class);
      assertThat(stream.isOpen()).isFalse();
    }
  }

  @Test
  void takesAMessageInPiecesAndAnswersPings() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(uri)) {
      assertThat(socket.response())
          .startsWith("HTTP/1.1 101")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      Report report = reporter.report(NOW);
      Bytes message = report.encode();
      socket.send(RawWebSocket.frame(0x02, message.slice(0, 10)));
      socket.send(RawWebSocket.frame(0x00, Bytes.EMPTY));
      socket.send(RawWebSocket.frame(0x89, Bytes.of((byte) 7)));
      socket.send(RawWebSocket.frame(0x80, message.slice(10, message.size())));
      assertThat(socket.receive()).isEqualTo(new RawWebSocket.Received(0x8A, Bytes.of((byte) 7)));
      RawWebSocket.Received answer = socket.receive();
      assertThat(promise(StreamAnswer.decode(answer.content(), 1).getFirst()).report())
          .isEqualTo(Reporter.hash(report));
    }
  }

  @Test
  void whoEndsHisSideStillGetsHisAnswers() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(uri)) {
      socket.response();
      Report report = reporter.report(NOW);
      socket.send(RawWebSocket.frame(RawWebSocket.BINARY, report.encode()));
      socket.endOutput();
      assertThat(promise(StreamAnswer.decode(socket.receive().content(), 1).getFirst()).report())
          .isEqualTo(Reporter.hash(report));
      assertThat(socket.receive().closeCode()).isEqualTo(1000);
      assertThat(socket.isAtEnd()).isTrue();
    }
  }

  @Test
  void aFrameThatIsCutOffHurtsNothingElse() throws Exception {
    Report report = reporter.report(NOW);
    byte[] frame = RawWebSocket.frame(RawWebSocket.BINARY, reporter.report(NOW).encode());
    for (int length : new int[] {1, 2, 5, 9, frame.length - 1}) {
      try (RawWebSocket socket = new RawWebSocket(uri)) {
        socket.response();
        socket.send(RawWebSocket.frame(RawWebSocket.BINARY, report.encode()));
        socket.send(java.util.Arrays.copyOf(frame, length));
        socket.endOutput();
        assertThat(promise(StreamAnswer.decode(socket.receive().content(), 1).getFirst()).report())
            .isEqualTo(Reporter.hash(report));
        assertThat(socket.receive().first()).isEqualTo(RawWebSocket.CLOSE);
      }
    }
    assertServes();
  }

  /** First octets of a frame in hexadecimal, and the code with which the gateway closes. */
  @ParameterizedTest
  @CsvSource({
    "82ff0000000000100001, 1009",
    "82ff7fffffffffffffff, 1009",
    "82ffffffffffffffffff, 1002",
    "820568656c6c6f, 1002",
    "818500000000, 1003",
    "808500000000, 1002",
    "c28500000000, 1002",
    "838500000000, 1002",
    "89fe0080, 1002",
    "098000000000, 1002",
    "82fe0005, 1002",
    "828000000000, 1007",
    "828500000000ffffffffff, 1009",
    "82840000000000000001, 1007"
  })
  void closesWithACodeWhatBreaksTheRules(String octets, int code) throws Exception {
    try (RawWebSocket socket = new RawWebSocket(uri)) {
      socket.response();
      socket.send(Bytes.fromHex(octets).toArray());
      RawWebSocket.Received close = socket.receive();
      assertThat(close.first()).isEqualTo(RawWebSocket.CLOSE);
      assertThat(close.closeCode()).isEqualTo(code);
    }
    assertServes();
  }

  @Test
  void cutsOffWhoDoesNotTakeHisAnswersAndServesOthersMeanwhile() throws Exception {
    Gateway gateway = (Gateway) network.part("gateway");
    Duration patience = Duration.ofMillis(500);
    Routes routes = streamsOnly(gateway, patience);
    try (NodeServer server = NodeServer.start(ServerSettings.loopback(0), routes);
        RawWebSocket slow = new RawWebSocket(server.uri(), 4096)) {
      slow.response();
      List<Report> reports = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        reports.add(reporter.report(NOW));
      }
      byte[] frame = RawWebSocket.frame(RawWebSocket.BINARY, ReportBatch.encode(reports));
      assertThatThrownBy(
              () -> {
                // Far more answers than buffers of sockets hold.
                for (int i = 0; i < 2_000; i++) {
                  slow.send(frame);
                  assertThatNobodyWaits(i);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void staysHoweverLongNothingComes() throws Exception {
    Routes routes = streamsOnly((Gateway) network.part("gateway"), Duration.ofSeconds(5));
    Duration read = Duration.ofMillis(100);
    try (NodeServer server = NodeServer.start(ServerSettings.loopback(0), read, routes);
        RawWebSocket socket = new RawWebSocket(server.uri())) {
      socket.response();
      for (int i = 0; i < 2; i++) {
        Thread.sleep(read.multipliedBy(5));
        socket.send(RawWebSocket.frame(0x89, Bytes.EMPTY));
        assertThat(socket.receive().first()).isEqualTo(0x8A);
      }
    }
  }

  private void assertThatNobodyWaits(int round) throws Exception {
    if (round == 20) {
      assertServes();
    }
  }

  @Test
  void anAddressHasABoundedNumberOfStreams() throws Exception {
    List<RawWebSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 256; i++) {
        RawWebSocket socket = new RawWebSocket(uri);
        sockets.add(socket);
        socket.response();
        socket.send(RawWebSocket.frame(0x89, Bytes.EMPTY));
        assertThat(socket.receive().first()).isEqualTo(0x8A);
      }
      try (RawWebSocket oneTooMany = new RawWebSocket(uri)) {
        oneTooMany.response();
        assertThat(oneTooMany.receive().closeCode()).isEqualTo(1013);
      }
      sockets.removeLast().close();
      network.await("a stream ends", () -> servesOnce());
    } finally {
      for (RawWebSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private boolean servesOnce() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(uri)) {
      socket.response();
      socket.send(RawWebSocket.frame(0x89, Bytes.EMPTY));
      return socket.receive().first() == 0x8A;
    }
  }

  @Test
  void agentsSendManyReportsByStreamAndFewByRequest() throws Exception {
    Gateway gateway = (Gateway) network.part("gateway");
    try (NodeServer server =
            NodeServer.start(
                ServerSettings.loopback(0), streamsOnly(gateway, Duration.ofSeconds(5)));
        HttpPeers peers = new HttpPeers(Duration.ofSeconds(10))) {
      HttpGateways gateways = gateways(server.uri(), peers);
      assertThat(gateways.submit(reports(16))).allMatch(Gateways.Answer.Promised.class::isInstance);
      assertThatThrownBy(() -> gateways.submit(reports(15))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void agentsSendByRequestWhereThereIsNoStream() throws Exception {
    Gateway gateway = (Gateway) network.part("gateway");
    GatewayRoutes all = new GatewayRoutes(gateway, network.clock, ServerSettings.loopback(0));
    Routes requestsOnly = routing -> all.addTo(routing);
    try (NodeServer server = NodeServer.start(ServerSettings.loopback(0), requestsOnly);
        HttpPeers peers = new HttpPeers(Duration.ofSeconds(10))) {
      assertThat(gateways(server.uri(), peers).submit(reports(30)))
          .allMatch(Gateways.Answer.Promised.class::isInstance);
    }
  }

  @Test
  void agentsGoOnByRequestWhenTheirStreamBreaks() throws Exception {
    try (HttpPeers peers = new HttpPeers(Duration.ofSeconds(10))) {
      HttpGateways gateways =
          new HttpGateways(
              Reporter.DOMAIN,
              () ->
                  List.of(
                      new HttpGateways.Known(SimNetwork.gatewayKey().account(), uri.toString())),
              peers);
      List<Report> reports = reports(30);
      List<Gateways.Answer> before = gateways.submit(reports);
      network.stopGateway();
      network.startGateway();
      uri = network.client("gateway").base();
      assertThat(gateways.submit(reports)).isEqualTo(before);
    }
  }

  private static HttpGateways gateways(URI uri, HttpPeers peers) {
    return new HttpGateways(
        Reporter.DOMAIN,
        () -> List.of(new HttpGateways.Known(SimNetwork.gatewayKey().account(), uri.toString())),
        peers);
  }

  private Routes streamsOnly(Gateway gateway, Duration patience) {
    return new Routes() {
      @Override
      public void addTo(HttpRouting.Builder routing) {
        // None.
      }

      @Override
      public List<Http1Upgrader> upgraders() {
        return List.of(new StreamUpgrader(gateway.admission(), network.clock, patience));
      }
    };
  }

  private void assertServes() throws Exception {
    try (ReportStreamClient stream = open()) {
      Future<Bytes> answer = stream.send(ReportBatch.encode(List.of(reporter.report(NOW))));
      assertThat(promise(decode(answer, 1).getFirst()).isGenuine(Reporter.DOMAIN)).isTrue();
    }
  }

  private List<Report> reports(int count) {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reports.add(reporter.report(NOW));
    }
    return reports;
  }

  private ReportStreamClient open() throws IOException {
    return ReportStreamClient.open(http, uri, PATIENCE);
  }

  private static List<StreamAnswer> decode(Future<Bytes> answer, int count) throws Exception {
    return StreamAnswer.decode(answer.get(20, TimeUnit.SECONDS), count);
  }

  private static Promise promise(StreamAnswer answer) {
    assertThat(answer).isInstanceOf(StreamAnswer.Promised.class);
    return ((StreamAnswer.Promised) answer).promise();
  }
}

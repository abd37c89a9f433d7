package org.groundwork.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.groundwork.node.bench.SelfSigned;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.TlsFiles;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker with Debian's mosquitto_pub and mosquitto_sub. */
class MosquittoTest {
  private static final Path PUB = Path.of("/usr/bin/mosquitto_pub");
  private static final Path SUB = Path.of("/usr/bin/mosquitto_sub");

  private static final String READING = "{\"t\":1795291800,\"temperature\":21.5}";

  @TempDir Path folder;
  private final Reporter reporter = new Reporter(7);

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void aReadingGoesFromPublisherToSubscriber(String version) throws Exception {
    try (BrokerFixture broker = open(MqttSettings.loopback(0));
        Subscriber customer =
            subscribe(broker, version, "customer", "paid", "groundwork/1/data/#", 1)) {
      Ran published = publish(broker, version, BrokerFixture.jws(reporter, now(), READING));
      assertThat(published.exit).as(published.output).isZero();
      assertThat(customer.next()).isEqualTo("groundwork/1/data/0/7 " + READING);
    }
  }

  @Test
  void overTlsWithTheCertificateChecked() throws Exception {
    TlsFiles tls = SelfSigned.make(folder);
    try (BrokerFixture broker = open(MqttSettings.loopback(0).withTls(tls))) {
      assertThat(broker.uri().getScheme()).isEqualTo("mqtts");
      Bytes report = BrokerFixture.jws(reporter, now(), READING);
      List<String> checked = List.of("--cafile", tls.certificates().toString());
      Ran published = publish(broker, "mqttv5", report, checked);
      assertThat(published.exit).as(published.output).isZero();
      assertThat(publish(broker, "mqttv5", report).exit).as("in clear").isNotZero();
    }
  }

  @Test
  void aRefusalIsSeenByAPublisherOfVersion5() throws Exception {
    try (BrokerFixture broker = open(MqttSettings.loopback(0))) {
      Bytes late = BrokerFixture.jws(reporter, new EpochNumber(9), READING);
      Ran refused = publish(broker, "mqttv5", late);
      assertThat(refused.output).contains("Implementation specific error");
    }
  }

  @Test
  void aRefusalIsPublishedForADeviceOfVersion311() throws Exception {
    try (BrokerFixture broker = open(MqttSettings.loopback(0));
        Subscriber answers =
            subscribe(
                broker,
                "mqttv311",
                "7",
                broker.token(reporter),
                BrokerFixture.topic(reporter, "answer"),
                2)) {
      publish(broker, "mqttv311", BrokerFixture.jws(reporter, new EpochNumber(9), READING));
      assertThat(answers.next()).contains("{\"error\":{\"code\":\"refused.old-epoch\"");
      publish(broker, "mqttv311", BrokerFixture.jws(reporter, now(), READING));
      assertThat(answers.next()).contains("{\"promise\":\"0x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void statusIsRetainedAndTheLastWillReplacesIt(String version) throws Exception {
    try (BrokerFixture broker = open(MqttSettings.loopback(0))) {
      var word =
          new MqttClient.Login.Status(BrokerFixture.topic(reporter, "status"), "online", "offline");
      MqttClient device =
          BrokerFixture.await(
              broker.connect(reporter, "station", broker.token(reporter), Optional.of(word)));
      // Acknowledged after the status, which is before it in the same connection.
      BrokerFixture.publish(device, reporter, reporter.report(now()).encode());
      try (Subscriber owner =
          subscribe(broker, version, "customer", "paid", "groundwork/+/7/status", 2)) {
        assertThat(owner.next()).isEqualTo("groundwork/1/7/status online");
        device.vanish();
        assertThat(owner.next()).isEqualTo("groundwork/1/7/status offline");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void nobodyReadsWhatIsNotHis(String version) throws Exception {
    try (BrokerFixture broker = open(MqttSettings.loopback(0))) {
      Ran stranger = run(SUB, arguments(broker, version, "customer", "unpaid", "#"));
      assertThat(stranger.exit).isNotZero();
      Ran device =
          run(SUB, arguments(broker, version, "7", broker.token(reporter), "groundwork/#"));
      assertThat(device.output).contains("denied");
    }
  }

  private static EpochNumber now() {
    return BrokerFixture.NOW;
  }

  private BrokerFixture open(MqttSettings settings) throws IOException {
    BrokerFixture broker =
        new BrokerFixture(
            folder, GatewayLimits.DEFAULT, GrowingFile.REAL, MosquittoTest::login, settings);
    broker.gateway.register(reporter);
    return broker;
  }

  private static Optional<Readers.Reader> login(String userName, Bytes password) {
    Bytes paid = Bytes.wrap("paid".getBytes(StandardCharsets.US_ASCII));
    return userName.equals("customer") && password.equals(paid)
        ? Optional.of(new Customer())
        : Optional.empty();
  }

  /** One who may read everything. */
  private record Customer() implements Readers.Reader {
    @Override
    public String name() {
      return "customer";
    }

    @Override
    public Optional<Bytes> reading(Device device, ReportBody body) {
      return Optional.of(body.payload());
    }

    @Override
    public boolean seesStatus(NetworkId network, DeviceId device) {
      return true;
    }
  }

  private record Ran(int exit, String output) {}

  private Ran publish(BrokerFixture broker, String version, Bytes report) throws Exception {
    return publish(broker, version, report, List.of());
  }

  private Ran publish(BrokerFixture broker, String version, Bytes report, List<String> more)
      throws Exception {
    Path file = Files.write(folder.resolve("report.jws"), report.toArray());
    List<String> arguments =
        new ArrayList<>(
            arguments(
                broker,
                version,
                "7",
                broker.token(reporter),
                BrokerFixture.topic(reporter, "report")));
    arguments.addAll(List.of("-q", "1", "-f", file.toString()));
    arguments.addAll(more);
    return run(PUB, arguments);
  }

  private static List<String> arguments(
      BrokerFixture broker, String version, String user, String password, String topic) {
    return List.of(
        "-h",
        "127.0.0.1",
        "-p",
        "" + broker.uri().getPort(),
        "-V",
        version,
        "-u",
        user,
        "-P",
        password,
        "-t",
        topic,
        "-d");
  }

  private Ran run(Path program, List<String> arguments) throws Exception {
    Path log = Files.createTempFile(folder, "client", ".log");
    Process process = start(program, arguments, log);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(arguments + " does not end: " + Files.readString(log));
    }
    return new Ran(process.exitValue(), Files.readString(log));
  }

  private static Process start(Path program, List<String> arguments, Path log) throws IOException {
    if (!Files.isExecutable(program)) {
      throw new AssertionError(
          program + " is missing: install it with `apt-get install mosquitto-clients`.");
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private Subscriber subscribe(
      BrokerFixture broker, String version, String user, String password, String topic, int count)
      throws IOException {
    List<String> arguments = new ArrayList<>(arguments(broker, version, user, password, topic));
    arguments.addAll(List.of("-v", "-C", "" + count));
    List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", SUB.toString()));
    command.addAll(arguments);
    Subscriber subscriber =
        new Subscriber(new ProcessBuilder(command).redirectErrorStream(true).start());
    subscriber.awaitLine("SUBACK");
    return subscriber;
  }

  /** A running mosquitto_sub, whose lines about packets are left out. */
  private static final class Subscriber implements AutoCloseable {
    final Process process;
    private final BufferedReader out;

    Subscriber(Process process) {
      this.process = process;
      out = process.inputReader(StandardCharsets.UTF_8);
    }

    void awaitLine(String part) throws IOException {
      String line = line();
      while (!line.contains(part)) {
        line = line();
      }
    }

    String next() throws IOException {
      String line = line();
      while (!line.startsWith("groundwork/")) {
        line = line();
      }
      return line;
    }

    private String line() throws IOException {
      return Objects.requireNonNull(out.readLine(), "mosquitto_sub ended");
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}

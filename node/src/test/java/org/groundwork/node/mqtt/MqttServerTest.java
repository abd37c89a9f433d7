package org.groundwork.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.testing.FaultyDisk;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.KeyType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MqttServerTest {
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;
  private static final int QUOTA_EXCEEDED = 0x97;
  private static final int IMPLEMENTATION_SPECIFIC = 0x83;

  @TempDir Path folder;
  private final Reporter reporter = new Reporter(7);

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"ED25519", "P256"})
  void aReportIsAcknowledgedWithAGenuinePromise(KeyType type) throws Exception {
    Reporter typed = new Reporter(7, type);
    try (BrokerFixture broker = open(typed);
        MqttClient client = broker.connect(typed)) {
      Report binary = typed.report(BrokerFixture.NOW);
      Bytes jws = BrokerFixture.jws(typed, BrokerFixture.NOW, "{\"t\":1,\"x\":2}");
      assertPromised(BrokerFixture.publish(client, typed, binary.encode()), binary);
      assertPromised(BrokerFixture.publish(client, typed, jws), Payloads.decode(jws));
    }
  }

  @Test
  void aDuplicateGetsTheSamePromiseAlsoOnAnotherConnection() throws Exception {
    try (BrokerFixture broker = open(reporter)) {
      Bytes report = reporter.report(BrokerFixture.NOW).encode();
      MqttClient.PubAck first;
      try (MqttClient client = broker.connect(reporter)) {
        first = BrokerFixture.publish(client, reporter, report);
        assertThat(BrokerFixture.publish(client, reporter, report)).isEqualTo(first);
      }
      try (MqttClient client = broker.connect(reporter)) {
        assertThat(BrokerFixture.publish(client, reporter, report)).isEqualTo(first);
        assertThat(first.properties()).containsKey(MqttReplies.PROMISE);
      }
    }
  }

  @Test
  void manyUnderWayAreAnsweredEachWithItsOwnPromise() throws Exception {
    try (BrokerFixture broker = open(reporter);
        MqttClient client = broker.connect(reporter)) {
      List<Report> reports = new ArrayList<>();
      List<CompletableFuture<MqttClient.PubAck>> answers = new ArrayList<>();
      for (int i = 0; i < 5 * Inbox.FULL; i++) {
        reports.add(reporter.report(BrokerFixture.NOW));
        answers.add(
            client.publish(
                BrokerFixture.topic(reporter, "report"), reports.getLast().encode(), false));
      }
      for (int i = 0; i < reports.size(); i++) {
        assertPromised(BrokerFixture.await(answers.get(i)), reports.get(i));
      }
    }
  }

  @Test
  void nothingIsAcknowledgedThatIsNotOnDisk() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    try (BrokerFixture broker =
            new BrokerFixture(folder, GatewayLimits.DEFAULT, disk, Readers.NOBODY);
        MqttClient client = connected(broker)) {
      disk.failForce(true);
      Report report = reporter.report(BrokerFixture.NOW);
      MqttClient.PubAck refused = BrokerFixture.publish(client, reporter, report.encode());
      assertRefused(refused, IMPLEMENTATION_SPECIFIC, "refused.busy");
      assertThat(refused.properties()).containsEntry(MqttReplies.RETRY, "1000");
      disk.failForce(false);
      assertPromised(BrokerFixture.publish(client, reporter, report.encode()), report);
    }
  }

  @Test
  void sayWhyAReportIsRefused() throws Exception {
    Reporter impostor = new Reporter(7, KeyType.P256);
    Reporter other = new Reporter(8);
    try (BrokerFixture broker = open(reporter);
        MqttClient client = broker.connect(reporter)) {
      broker.gateway.register(other);
      assertRefused(send(client, bytes("not a report")), PAYLOAD_FORMAT_INVALID, "malformed");
      assertRefused(send(client, Bytes.EMPTY), PAYLOAD_FORMAT_INVALID, "an empty payload");
      assertRefused(send(client, bytes("a.b.c")), PAYLOAD_FORMAT_INVALID, "base64url");
      assertRefused(
          send(client, impostor.report(BrokerFixture.NOW).encode()), NOT_AUTHORIZED, "wrong-key");
      Bytes forged = reporter.report(BrokerFixture.NOW).encode();
      forged.unsafeArray()[forged.size() - 9] ^= 1;
      assertRefused(send(client, forged), NOT_AUTHORIZED, "wrong-signature");
      assertRefused(
          send(client, other.report(BrokerFixture.NOW).encode()), NOT_AUTHORIZED, "other-device");
      assertRefused(
          send(client, reporter.report(new EpochNumber(9)).encode()),
          IMPLEMENTATION_SPECIFIC,
          "old-epoch");
      assertRefused(
          BrokerFixture.await(
              client.publish(
                  BrokerFixture.topic(other, "report"),
                  other.report(BrokerFixture.NOW).encode(),
                  false)),
          NOT_AUTHORIZED,
          "the topic is none of this device's");
    }
  }

  @Tag("A1")
  @Test
  void aDeviceThatFloodsIsToldToWaitAndNobodyElse() throws Exception {
    Reporter other = new Reporter(8);
    GatewayLimits limits = new GatewayLimits(10_000, 5, 1000, 1 << 20);
    try (BrokerFixture broker =
        new BrokerFixture(folder, limits, GrowingFile.REAL, Readers.NOBODY)) {
      broker.gateway.register(reporter);
      broker.gateway.register(other);
      try (MqttClient flooding = broker.connect(reporter);
          MqttClient quiet = broker.connect(other)) {
        for (int i = 0; i < 5; i++) {
          assertThat(send(flooding, reporter.report(BrokerFixture.NOW).encode()).code()).isZero();
        }
        MqttClient.PubAck refused = send(flooding, reporter.report(BrokerFixture.NOW).encode());
        assertRefused(refused, QUOTA_EXCEEDED, "too-many");
        assertThat(refused.properties()).containsEntry(MqttReplies.RETRY, "5000");
        Report fine = other.report(BrokerFixture.NOW);
        assertPromised(BrokerFixture.publish(quiet, other, fine.encode()), fine);
      }
    }
  }

  @Test
  void packetsAboveTheLimitEndTheConnection() throws Exception {
    try (BrokerFixture broker = open(reporter);
        MqttClient client = broker.connect(reporter)) {
      Bytes large = reporter.report(BrokerFixture.NOW, 17 << 10).encode();
      assertThatThrownBy(() -> send(client, large))
          .hasMessageContaining("The packet is larger than 16384 bytes.");
    }
  }

  @Tag("A2")
  @Test
  void nobodyIsLetInWithoutATokenOfTheRegisteredKey() throws Exception {
    Reporter impostor = new Reporter(7, KeyType.P256);
    Reporter thief = new Reporter(8);
    try (BrokerFixture broker = open(reporter)) {
      var now = broker.clock.instant();
      assertOut(broker, reporter, "secret", "no token of a device");
      assertOut(broker, reporter, "", "no token of a device");
      assertOut(broker, reporter, broker.token(impostor), "not that of the registered key");
      assertOut(broker, reporter, broker.token(thief), "of another device");
      assertOut(broker, thief, broker.token(thief), "No such device is registered");
      assertOut(broker, reporter, BrokerFixture.token(reporter, now), "expired");
      assertOut(
          broker,
          reporter,
          BrokerFixture.token(reporter, now.plus(Duration.ofHours(25))),
          "more than 24 hours");
      String good = broker.token(reporter);
      char last = good.charAt(10);
      assertOut(
          broker,
          reporter,
          good.substring(0, good.length() - 8) + (last == 'A' ? "BBBBBBBB" : "AAAAAAAA"),
          "did not sign");
      BrokerFixture.await(broker.connect(reporter, "test", good, Optional.empty())).close();
    }
  }

  @Test
  void whoConnectsAgainTakesOver() throws Exception {
    try (BrokerFixture broker = open(reporter);
        MqttClient first = broker.connect(reporter);
        MqttClient second = broker.connect(reporter)) {
      assertThatThrownBy(() -> send(first, reporter.report(BrokerFixture.NOW).encode()))
          .hasMessageContaining("hung up");
      Report report = reporter.report(BrokerFixture.NOW);
      assertPromised(send(second, report.encode()), report);
    }
  }

  @Test
  void aWillOnAnotherTopicIsNotTaken() throws Exception {
    var stranger =
        new MqttClient.Login.Status(BrokerFixture.topic(new Reporter(8), "status"), "on", "off");
    try (BrokerFixture broker = open(reporter)) {
      assertThatThrownBy(() ->
              BrokerFixture.await(
                  broker.connect(reporter, "test", broker.token(reporter), Optional.of(stranger))))
          .hasMessageContaining("own status topic");
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (BrokerFixture broker = open(reporter)) {
      assertThatThrownBy(() ->
              new BrokerFixture(
                  folder.resolve("second"),
                  GatewayLimits.DEFAULT,
                  GrowingFile.REAL,
                  Readers.NOBODY,
                  MqttSettings.loopback(broker.uri().getPort())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another program listens");
    }
  }

  private BrokerFixture open(Reporter registered) throws IOException {
    BrokerFixture broker = new BrokerFixture(folder);
    broker.gateway.register(registered);
    return broker;
  }

  private MqttClient connected(BrokerFixture broker) throws Exception {
    broker.gateway.register(reporter);
    return broker.connect(reporter);
  }

  private MqttClient.PubAck send(MqttClient client, Bytes payload) throws Exception {
    return BrokerFixture.publish(client, reporter, payload);
  }

  private static void assertOut(
      BrokerFixture broker, Reporter reporter, String password, String why) {
    assertThatThrownBy(
            () -> BrokerFixture.await(broker.connect(reporter, "test", password, Optional.empty())))
        .hasMessageContaining(why);
  }

  private static void assertPromised(MqttClient.PubAck answer, Report report) throws Exception {
    assertThat(answer.code()).as(answer.reason()).isZero();
    Promise promise =
        Promise.decode(
            Bytes.fromHex(answer.properties().getOrDefault(MqttReplies.PROMISE, "none")));
    assertThat(promise.isGenuine(Reporter.DOMAIN)).isTrue();
    assertThat(promise.report()).isEqualTo(Reporter.hash(report));
  }

  private static void assertRefused(MqttClient.PubAck answer, int code, String why) {
    assertThat(answer.reason()).contains(why);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.properties()).doesNotContainKey(MqttReplies.PROMISE);
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}

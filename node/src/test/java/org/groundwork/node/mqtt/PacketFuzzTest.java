package org.groundwork.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.gateway.GatewayFixture;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.junit.jupiter.api.Test;

/** Whatever clients send, a connection answers or ends, and nothing else happens. */
class PacketFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 1_500;
  private static final Reporter REPORTER = new Reporter(7);
  private static final ManualClock CLOCK = new ManualClock(GatewayFixture.GENESIS + 95);
  private static final Broker BROKER = broker();

  private static Broker broker() {
    try {
      GatewayFixture gateway =
          new GatewayFixture(
              Files.createTempDirectory("packets"), CLOCK, GatewayLimits.DEFAULT, GrowingFile.REAL);
      gateway.register(REPORTER);
      Statuses statuses = new Statuses(Files.createTempFile("statuses", ".log"));
      Sessions sessions = new Sessions(gateway.registry, statuses, new SimpleMeterRegistry());
      MqttLogin login =
          new MqttLogin(
              Reporter.DOMAIN.deployment(),
              gateway.registry,
              gateway.admission,
              Readers.NOBODY,
              CLOCK);
      return new Broker(
          MqttSettings.loopback(0), login, gateway.admission, sessions, Runnable::run, CLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] packets) {
    check(packets);
  }

  @FuzzTest(maxDuration = "60s")
  void statusesAreReadOrRefused(byte[] record) {
    try {
      assertThat(Statuses.read(new CanonicalReader(Bytes.of(record))).keySet())
          .doesNotContainNull();
    } catch (Malformed refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void payloadsAreReportsOrRefused(byte[] payload) {
    checkPayload(payload);
  }

  @Test
  void takesWhatIsAlmostRight() throws IOException {
    Random random = new Random(SEED);
    byte[] good = conversation();
    assertThat(check(good)).isGreaterThan(4);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = good.clone();
      for (int edit = random.nextInt(4); edit >= 0; edit--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      check(mutated);
    }
  }

  @Test
  void payloadsThatAreAlmostRight() throws Malformed {
    Random random = new Random(SEED);
    byte[] binary = REPORTER.report(BrokerFixture.NOW).encode().toArray();
    byte[] jws = BrokerFixture.jws(REPORTER, BrokerFixture.NOW, "{\"t\":1}").toArray();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] mutated = (round % 2 == 0 ? binary : jws).clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      checkPayload(mutated);
    }
  }

  private static void checkPayload(byte[] payload) {
    try {
      Report report = Payloads.decode(Bytes.of(payload));
      assertThat(Report.decode(report.encode())).isEqualTo(report);
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  /** How many packets the broker sent. */
  private static int check(byte[] packets) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(
            new LoginGuard(),
            new MqttDecoder(BROKER.settings().maxPacketBytes(), 128),
            MqttEncoder.INSTANCE,
            new MqttConnection(BROKER, channel, BROKER.admission().sender("here")));
    channel.pipeline().fireChannelActive();
    channel.writeInbound(Unpooled.wrappedBuffer(packets));
    channel.runPendingTasks();
    channel.checkException();
    int sent = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      sent++;
      out.release();
    }
    channel.finishAndReleaseAll();
    return sent;
  }

  /** CONNECT with a good token, SUBSCRIBE, a report, a status, UNSUBSCRIBE, PINGREQ. */
  private static byte[] conversation() throws IOException {
    String token = BrokerFixture.token(REPORTER, CLOCK.instant().plus(Duration.ofHours(1)));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(
        packet(0x10, text("MQTT"), bytes(5, 0xC2, 0, 60, 0), text("fuzz"), text("7"), text(token)));
    all.write(packet(0x82, bytes(0, 1, 0), text("groundwork/1/7/#"), bytes(1)));
    all.write(
        packet(
            0x32,
            text("groundwork/1/7/report"),
            bytes(0, 2, 0),
            REPORTER.report(BrokerFixture.NOW).encode().toArray()));
    all.write(packet(0x33, text("groundwork/1/7/status"), bytes(0, 3, 0), bytes('u', 'p')));
    all.write(packet(0xA2, bytes(0, 4, 0), text("groundwork/1/7/#")));
    all.write(packet(0xC0));
    return all.toByteArray();
  }

  private static byte[] packet(int type, byte[]... parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.write(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(type);
    int left = body.size();
    do {
      whole.write(left % 128 + (left >= 128 ? 128 : 0));
      left /= 128;
    } while (left > 0);
    body.writeTo(whole);
    return whole.toByteArray();
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[utf8.length + 2];
    all[0] = (byte) (utf8.length >> 8);
    all[1] = (byte) utf8.length;
    System.arraycopy(utf8, 0, all, 2, utf8.length);
    return all;
  }

  private static byte[] bytes(int... values) {
    byte[] all = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = (byte) values[i];
    }
    return all;
  }
}

package org.groundwork.node.mqtt;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.groundwork.agent.DeviceToken;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.gateway.GatewayFixture;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CompactJws;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;

/** A broker before a gateway whose clock stands in epoch 2, and clients of it. */
final class BrokerFixture implements AutoCloseable {
  static final EpochNumber NOW = new EpochNumber(2);

  final ManualClock clock = new ManualClock(GatewayFixture.GENESIS + 2 * 40 + 15);
  final GatewayFixture gateway;
  final MqttServer server;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  BrokerFixture(Path folder) throws IOException {
    this(folder, GatewayLimits.DEFAULT, GrowingFile.REAL, Readers.NOBODY);
  }

  BrokerFixture(Path folder, GatewayLimits limits, GrowingFile.Disk disk, Readers readers)
      throws IOException {
    this(folder, limits, disk, readers, MqttSettings.loopback(0));
  }

  BrokerFixture(
      Path folder,
      GatewayLimits limits,
      GrowingFile.Disk disk,
      Readers readers,
      MqttSettings settings)
      throws IOException {
    gateway = new GatewayFixture(folder, clock, limits, disk);
    server =
        MqttServer.start(
            settings,
            Reporter.DOMAIN.deployment(),
            gateway.registry,
            gateway.admission,
            readers,
            folder,
            clock,
            new SimpleMeterRegistry());
  }

  URI uri() {
    return server.uri();
  }

  /** A password that is good for ten minutes. */
  String token(Reporter reporter) {
    return token(reporter, clock.instant().plus(Duration.ofMinutes(10)));
  }

  static String token(Reporter reporter, Instant expires) {
    return new DeviceToken(Reporter.DOMAIN.deployment(), reporter.device().id(), expires)
        .sign(reporter.key());
  }

  MqttClient connect(Reporter reporter) throws Exception {
    return await(connect(reporter, "test", token(reporter), Optional.empty()));
  }

  CompletableFuture<MqttClient> connect(
      Reporter reporter,
      String clientId,
      String password,
      Optional<MqttClient.Login.Status> status) {
    return MqttClient.connect(
        threads,
        new MqttClient.Login(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), uri().getPort()),
            Optional.empty(),
            clientId,
            reporter.device().id().toString(),
            password,
            status));
  }

  static String topic(Reporter reporter, String last) {
    return "groundwork/" + Reporter.NETWORK.value() + "/" + reporter.device().id() + "/" + last;
  }

  static MqttClient.PubAck publish(MqttClient client, Reporter reporter, Bytes payload)
      throws Exception {
    return await(client.publish(topic(reporter, "report"), payload, false));
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /** A report as a compact JWS. */
  static Bytes jws(Reporter reporter, EpochNumber epoch, String payload) throws Malformed {
    ReportBody plain =
        reporter.body(epoch, payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    ReportBody body =
        new ReportBody(
            ReportBody.Form.jws(reporter.key().publicKey().type()),
            plain.deployment(),
            plain.network(),
            plain.device(),
            plain.keyHash(),
            plain.sequence(),
            plain.payload());
    return CompactJws.encode(Report.sign(body, reporter.key()));
  }

  @Override
  public void close() throws IOException {
    var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    server.close();
    gateway.close();
  }
}

package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.groundwork.agent.DeviceToken;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.mqtt.MqttClient;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.NodeProcess;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is killed in the middle of publications loses nothing that it acknowledged. */
class MqttCrashTest {
  private static final int KILLS = 2;
  private static final long SEED = 20_261_121;
  private static final int UNDER_WAY = 40;

  @TempDir Path folder;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<Hash, Report> acknowledged = new ConcurrentHashMap<>();
  private final Map<Hash, Report> unanswered = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    var _ = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void everythingAcknowledgedIsSealedOnceAfterKills() throws Exception {
    Random random = new Random(SEED);
    long genesis = InstantSource.system().instant().getEpochSecond();
    EpochSchedule schedule = CrashingGateway.schedule(genesis);
    for (int round = 1; round <= KILLS; round++) {
      Process process =
          NodeProcess.launch(
              CrashingBroker.class, List.of(folder.toString(), "" + genesis, "" + round));
      try {
        String port = process.inputReader().readLine();
        // Killed after so many acknowledgements, with others under way: at a moment nobody chose.
        publish(process, Integer.parseInt(port), schedule, new Reporter(round), random);
      } finally {
        NodeProcess.kill(process);
      }
    }
    assertThat(unanswered).as("killed in the middle").isNotEmpty();
    ManualClock end = new ManualClock(InstantSource.system().instant().getEpochSecond() + 60);
    try (GatewayFixture gateway =
        new GatewayFixture(folder, schedule, end, GatewayLimits.DEFAULT, GrowingFile.REAL)) {
      gateway.sealer.sealDue();
      assertThat(acknowledged).hasSizeGreaterThan(KILLS * 20);
      assertThat(sealed(gateway, schedule, end))
          .containsKeys(acknowledged.keySet().toArray(Hash[]::new));
    }
  }

  private void publish(
      Process process, int port, EpochSchedule schedule, Reporter reporter, Random random)
      throws Exception {
    MqttClient client = connect(port, reporter);
    String topic =
        "groundwork/" + Reporter.NETWORK.value() + "/" + reporter.device().id() + "/report";
    Semaphore window = new Semaphore(UNDER_WAY);
    int life = acknowledged.size() + 20 + random.nextInt(300);
    while (client.isOpen()) {
      window.acquire();
      EpochNumber epoch = schedule.epochAt(InstantSource.system().instant().getEpochSecond());
      Report report = reporter.report(epoch);
      Hash hash = Reporter.hash(report);
      unanswered.put(hash, report);
      var _ =
          client
              .publish(topic, report.encode(), false)
              .whenComplete((answer, failure) -> {
                if (failure == null && answer.code() == 0) {
                  acknowledged.put(hash, report);
                  unanswered.remove(hash);
                }
                window.release();
              });
      if (acknowledged.size() >= life) {
        NodeProcess.kill(process);
      }
    }
  }

  private MqttClient connect(int port, Reporter reporter) throws Exception {
    Instant expires = InstantSource.system().instant().plus(Duration.ofMinutes(10));
    DeviceToken token =
        new DeviceToken(
            Reporter.DOMAIN.deployment(),
            reporter.device().id(),
            Instant.ofEpochSecond(expires.getEpochSecond()));
    return MqttClient.connect(
            threads,
            new MqttClient.Login(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.empty(),
                "crash",
                reporter.device().id().toString(),
                token.sign(reporter.key()),
                Optional.empty()))
        .get(20, TimeUnit.SECONDS);
  }

  private static Map<Hash, SlotNumber> sealed(
      GatewayFixture gateway, EpochSchedule schedule, InstantSource end) throws Exception {
    Map<Hash, SlotNumber> found = new HashMap<>();
    EpochNumber last = schedule.epochAt(end.instant().getEpochSecond());
    for (long epoch = 0; epoch <= last.value(); epoch++) {
      for (SealedSegment sealed : gateway.sealed.segments(new EpochNumber(epoch))) {
        Segment segment = gateway.store.get(sealed.segment()).orElseThrow();
        for (int i = 0; i < segment.count(); i++) {
          assertThat(found.put(Reporter.hash(segment.report(i)), sealed.slot())).isNull();
        }
      }
    }
    return found;
  }
}

package org.groundwork.node.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.mqtt.MqttServer;
import org.groundwork.node.mqtt.MqttSettings;
import org.groundwork.node.mqtt.Readers;
import org.groundwork.node.run.Worker;
import org.groundwork.node.testing.Reporter;

/** A gateway that takes reports by MQTT and seals as fast as it can, until it is killed. */
final class CrashingBroker {
  private CrashingBroker() {}

  public static void main(String[] arguments) throws IOException {
    InstantSource clock = InstantSource.system();
    try (GatewayFixture gateway =
            new GatewayFixture(
                Path.of(arguments[0]),
                CrashingGateway.schedule(Long.parseLong(arguments[1])),
                clock,
                GatewayLimits.DEFAULT,
                GrowingFile.REAL);
        MqttServer broker =
            MqttServer.start(
                MqttSettings.loopback(0),
                Reporter.DOMAIN.deployment(),
                gateway.registry,
                gateway.admission,
                Readers.NOBODY,
                Path.of(arguments[0]),
                clock,
                new SimpleMeterRegistry());
        Worker sealing =
            new Worker("sealer", Duration.ofMillis(5), () -> !gateway.sealer.sealDue().isEmpty())) {
      gateway.register(new Reporter(Long.parseLong(arguments[2])));
      sealing.start();
      System.out.println(broker.uri().getPort());
      while (System.in.read() >= 0) {
        // Nothing is ever written; the end comes with the parent's.
      }
    }
  }
}

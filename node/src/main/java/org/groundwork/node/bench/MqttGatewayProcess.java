package org.groundwork.node.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.groundwork.node.http.TlsFiles;
import org.groundwork.node.mqtt.MqttServer;
import org.groundwork.node.mqtt.MqttSettings;
import org.groundwork.node.mqtt.Readers;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.settlement.time.Time;

/** A gateway with its MQTT broker in a process of its own, which says where the broker listens. */
final class MqttGatewayProcess {
  private MqttGatewayProcess() {}

  /** With TLS, if a certificate and its key were named. */
  private static MqttSettings settings(String[] arguments) {
    MqttSettings clear = MqttSettings.loopback(0);
    return arguments.length > 4
        ? clear.withTls(new TlsFiles(Path.of(arguments[3]), Path.of(arguments[4])))
        : clear;
  }

  public static void main(String[] arguments) throws IOException {
    EpochSchedule schedule = new EpochSchedule(Long.parseLong(arguments[1]), 1, 100_000, 1);
    Workload devices = new Workload(Integer.parseInt(arguments[2]));
    try (BenchGateway gateway = new BenchGateway(Path.of(arguments[0]), schedule, devices);
        MqttServer broker =
            MqttServer.start(
                settings(arguments),
                Workload.DOMAIN.deployment(),
                devices,
                gateway.admission(),
                Readers.NOBODY,
                Path.of(arguments[0]),
                Time.system(),
                new SimpleMeterRegistry())) {
      System.out.println(broker.uri());
      while (System.in.read() >= 0) {
        // Nothing is ever written; the end comes with the parent's.
      }
    }
  }
}

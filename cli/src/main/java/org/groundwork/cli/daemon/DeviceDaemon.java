package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.DeviceLock;
import org.groundwork.agent.Gateways;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.node.mqtt.MqttGateways;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;

/** A device that reports what it is given: says Hello until it is active, loses nothing. */
public final class DeviceDaemon implements AutoCloseable {
  /** Where its reports go. */
  public sealed interface Way {
    /** To the gateways that have stake, by HTTP. */
    record Http() implements Way {}

    /**
     * To one gateway, by MQTT.
     *
     * @param authorities PEM certificates that the broker's is checked against
     */
    record Mqtt(URI broker, Optional<Path> authorities) implements Way {}
  }

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final DeviceLock lock;
  private final Gateways gateways;
  private final Outbox outbox;
  private final Worker greeter;

  private DeviceDaemon(DeviceLock lock, Gateways gateways, Outbox outbox, Worker greeter) {
    this.lock = lock;
    this.gateways = gateways;
    this.outbox = outbox;
    this.greeter = greeter;
  }

  /**
   * Starts.
   *
   * @param owner the device's, as registered
   * @param folder the device's own
   * @throws IOException if another process signs for the device
   */
  public static DeviceDaemon start(
      ChainLink link, DeviceIdentity identity, AccountId owner, Path folder, Way way)
      throws IOException, InterruptedException {
    ChainFeed chain = link.feed();
    InstantSource clock = InstantSource.system();
    DeviceLock lock = DeviceLock.take(folder, PATIENCE);
    Gateways gateways = gateways(link, identity, way, clock);
    Outbox outbox = new Outbox(folder, identity, chain.schedule(), gateways, clock);
    Worker greeter = new OwnDevice(identity, owner).greeting(link, outbox, clock);
    outbox.start();
    greeter.start();
    return new DeviceDaemon(lock, gateways, outbox, greeter);
  }

  private static Gateways gateways(
      ChainLink link, DeviceIdentity identity, Way way, InstantSource clock) throws IOException {
    return switch (way) {
      case Way.Http() -> link.gateways();
      case Way.Mqtt(URI broker, Optional<Path> authorities) ->
          new MqttGateways(
              link.deployment().domain(), link.directory(), identity, broker, authorities, clock);
    };
  }

  /** Takes a payload; it is durable when this returns, and completes when a gateway promised it. */
  public Future<Outbox.Sent> submit(Bytes payload) throws IOException, OutboxFull {
    return outbox.submit(payload, Outbox.Lifetime.PROMISED);
  }

  public Outbox outbox() {
    return outbox;
  }

  @Override
  public void close() throws IOException {
    outbox.close();
    greeter.close();
    if (gateways instanceof MqttGateways connected) {
      connected.close();
    }
    lock.close();
  }
}

package org.groundwork.node.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is connected, what devices said of themselves, and the way from what the gateway accepted to
 * those who read. Safe for use by many threads.
 */
final class Sessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** Connections of one device; the oldest makes room. */
  private static final int MAX_OF_DEVICE = 4;

  private static final int MAX_READERS = 256;

  /** Accepted reports that may wait for their way to readers; then they are left out. */
  private static final int MAX_FEED = 10_000;

  private final RegistryFeed devices;
  private final Counter dropped;
  private final Statuses statuses;
  private final Set<MqttConnection> readers = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Report> feed = new ArrayBlockingQueue<>(MAX_FEED);
  private final Thread feeder = Thread.ofVirtual().name("mqtt-feed").unstarted(this::feed);

  // Guarded by this.
  private final Map<String, MqttConnection> byClient = new HashMap<>();
  private final Map<String, Deque<MqttConnection>> byPrincipal = new HashMap<>();

  Sessions(RegistryFeed devices, Statuses statuses, MeterRegistry meters) {
    this.devices = devices;
    this.statuses = statuses;
    dropped = meters.counter("groundwork.mqtt.dropped");
    meters.gauge("groundwork.mqtt.sessions", this, Sessions::size);
  }

  void start() {
    feeder.start();
  }

  synchronized int size() {
    return byClient.size();
  }

  /**
   * Takes one in. Whoever is connected as the same client, and the oldest of too many of one
   * device, is put out before.
   *
   * @return false if there are too many readers
   */
  boolean join(MqttConnection joining) {
    List<MqttConnection> leaving = new ArrayList<>();
    synchronized (this) {
      MqttConnection same = byClient.get(joining.client().key());
      if (same != null) {
        leave(same);
        leaving.add(same);
      }
      if (joining.client().isReader()) {
        if (readers.size() >= MAX_READERS) {
          return false;
        }
        readers.add(joining);
      }
      Deque<MqttConnection> mine =
          byPrincipal.computeIfAbsent(joining.client().principalName(), _ -> new ArrayDeque<>(1));
      if (mine.size() >= MAX_OF_DEVICE && !joining.client().isReader()) {
        MqttConnection oldest = mine.getFirst();
        leaving.add(oldest);
        leave(oldest);
        byPrincipal.put(joining.client().principalName(), mine);
      }
      mine.addLast(joining);
      byClient.put(joining.client().key(), joining);
    }
    leaving.forEach(MqttConnection::takeOver);
    return true;
  }

  synchronized void leave(MqttConnection leaving) {
    readers.remove(leaving);
    byClient.remove(leaving.client().key(), leaving);
    Deque<MqttConnection> mine = byPrincipal.get(leaving.client().principalName());
    if (mine != null && mine.remove(leaving) && mine.isEmpty()) {
      byPrincipal.remove(leaving.client().principalName());
    }
  }

  /** What a device says of itself; nothing takes back what it said ([MQTT-3.3.1-6]). */
  void status(Device device, Bytes word, boolean retain) {
    if (retain) {
      statuses.put(device.id(), word);
    }
    Topic.Status topic = new Topic.Status(device.network(), device.id());
    readers.forEach(reader -> reader.offer(topic, word, false));
    of(device.id()).forEach(own -> own.offer(topic, word, false));
  }

  /** The connections of a device. */
  synchronized List<MqttConnection> of(DeviceId device) {
    Deque<MqttConnection> own = byPrincipal.get(device.toString());
    return own == null ? List.of() : List.copyOf(own);
  }

  /** Sends the retained statuses that a new subscription matches. */
  void retained(MqttConnection connection, TopicFilter filter) {
    statuses.forEach((id, word) -> {
      Optional<Device> device = devices.device(id);
      if (device.isPresent()) {
        Topic.Status topic = new Topic.Status(device.get().network(), id);
        if (filter.matches(topic)) {
          connection.offer(topic, word, true);
        }
      }
    });
  }

  /** A report that was made durable. */
  void accepted(Report report) {
    if (!readers.isEmpty() && !feed.offer(report)) {
      dropped.increment();
    }
  }

  /** Something was left out because its reader was too slow. */
  void countDropped() {
    dropped.increment();
  }

  private void feed() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        deliver(feed.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Report report) {
    try {
      ReportBody body = report.parse();
      Optional<Device> device = devices.device(body.device());
      if (device.isEmpty() || body.type() == org.groundwork.protocol.Hello.TYPE) {
        return;
      }
      Topic.Data topic = new Topic.Data(body.network(), device.get().cell(), body.device());
      for (MqttConnection reader : readers) {
        reader.offerReading(topic, device.get(), body);
      }
    } catch (Malformed | RuntimeException e) {
      LOG.error("An accepted report was not delivered to readers", e);
    }
  }

  /** Everybody who is connected. */
  synchronized List<MqttConnection> all() {
    return List.copyOf(byClient.values());
  }

  @Override
  public void close() throws IOException {
    feeder.interrupt();
    statuses.close();
  }
}

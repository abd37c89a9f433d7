package org.groundwork.node.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.gateway.Allowance;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.gateway.Sender;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;

/** What one client publishes, and its acknowledgements; belongs to the connection's thread. */
final class Publications {
  /** The longest status or last will, in bytes. */
  static final int MAX_STATUS = 1 << 10;

  private static final int STATUSES_A_SECOND = 1;

  private final MqttConnection connection;
  private final Broker broker;
  private final Channel channel;
  private final Sender sender;
  private final Allowance statuses;
  private final Inbox inbox;
  private int unanswered;

  Publications(MqttConnection connection, Broker broker, Channel channel, Sender sender) {
    this.connection = connection;
    this.broker = broker;
    this.channel = channel;
    this.sender = sender;
    statuses = new Allowance(STATUSES_A_SECOND, broker.clock().millis());
    inbox =
        new Inbox(
            broker.admission(),
            sender,
            broker.executor(),
            items -> channel.eventLoop().execute(() -> answer(items)));
  }

  /** Whether more may be read. */
  boolean hasRoom() {
    return unanswered < Inbox.FULL;
  }

  void take(MqttPublishMessage message) {
    MqttQoS qos = message.fixedHeader().qosLevel();
    int packet = qos == MqttQoS.AT_LEAST_ONCE ? message.variableHeader().packetId() : 0;
    if (qos.value() > MqttQoS.AT_LEAST_ONCE.value()) {
      connection.end(Disconnect.QOS_NOT_SUPPORTED, "Publish at QoS 1: a report counts once.");
      return;
    }
    int alias = MqttProperties.TOPIC_ALIAS;
    if (message.variableHeader().properties().getProperty(alias) != null) {
      connection.end(Disconnect.TOPIC_ALIAS_INVALID, "This broker takes no topic aliases.");
      return;
    }
    Optional<Topic> topic = own(message.variableHeader().topicName());
    Bytes payload = Bytes.wrap(ByteBufUtil.getBytes(message.payload()));
    if (topic.isPresent()) {
      add(
          topic.get() instanceof Topic.Report
              ? report(packet, payload)
              : status(packet, payload, message.fixedHeader().isRetain()));
    } else if (connection.client().five() && packet > 0) {
      add(refused(packet, Refusal.OTHER_DEVICE, "the topic is none of this device's"));
    } else {
      connection.end(Disconnect.NOT_AUTHORIZED, Refusal.OTHER_DEVICE.sentence());
    }
  }

  private Optional<Topic> own(String topicName) {
    return Topic.parse(topicName)
        .filter(named ->
            connection
                .client()
                .device()
                .filter(
                    own -> own.id().equals(named.device()) && own.network().equals(named.network()))
                .isPresent());
  }

  private Inbox.Item report(int packet, Bytes payload) {
    try {
      Report report = Payloads.decode(payload);
      var device = report.parse().device();
      return connection.client().device().filter(own -> own.id().equals(device)).isPresent()
          ? Inbox.Item.of(packet, report)
          : refused(packet, Refusal.OTHER_DEVICE, "the report is of device " + device);
    } catch (Malformed e) {
      return refused(packet, Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private Inbox.Item refused(int packet, Refusal refusal, String detail) {
    return Inbox.Item.decided(packet, broker.admission().refuse(sender, refusal), detail);
  }

  private Inbox.Item status(int packet, Bytes word, boolean retain) {
    long now = broker.clock().millis();
    if (word.size() > MAX_STATUS) {
      return refused(packet, Refusal.TOO_LARGE, "a status has at most 1 KiB");
    }
    if (statuses.isUsedUp(now)) {
      return refused(packet, Refusal.TOO_MANY, "one status a second is enough");
    }
    statuses.take(now);
    broker.sessions().status(connection.client().device().orElseThrow(), word, retain);
    return Inbox.Item.taken(packet);
  }

  private void add(Inbox.Item item) {
    unanswered++;
    if (!hasRoom()) {
      channel.config().setAutoRead(false);
    }
    inbox.add(item);
  }

  private void answer(List<Inbox.Item> items) {
    unanswered -= items.size();
    for (Inbox.Item item : items) {
      if (!connection.isOpen()) {
        return;
      }
      answer(item);
    }
    channel.flush();
    channel.config().setAutoRead(hasRoom());
  }

  private void answer(Inbox.Item item) {
    MqttReplies replies = connection.client().replies();
    if (item.answer().isEmpty()) {
      if (item.packet() > 0) {
        connection.write(replies.taken(item.packet()));
      }
      return;
    }
    Answer answer = item.answer().get();
    Device device = connection.client().device().orElseThrow();
    Topic.Answer topic = new Topic.Answer(device.network(), device.id());
    Optional<Hash> hash = item.report().map(report -> Sha256.hash(report.body().unsafeArray()));
    for (MqttConnection each : broker.sessions().of(device.id())) {
      if (each.subscribes(topic)) {
        tell(each, topic, MqttReplies.answer(hash, answer, item.detail()));
      }
    }
    boolean later = answer instanceof Answer.Refused(Refusal refusal) && refusal.retry();
    if (later && !replies.five()) {
      // Version 3.1.1 knows no refusal: without its PUBACK the client sends the report again.
      connection.end(Disconnect.QUOTA_EXCEEDED, "");
    } else if (item.packet() > 0) {
      connection.write(replies.answered(item.packet(), answer, item.detail()));
    }
  }

  /** On this connection before the acknowledgement, which may be the last that it hears. */
  private void tell(MqttConnection each, Topic topic, Bytes answer) {
    if (each == connection) {
      connection.write(MqttReplies.publish(topic, answer, false));
    } else {
      each.offer(topic, answer, false);
    }
  }
}

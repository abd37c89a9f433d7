package org.groundwork.node.mqtt;

import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one client subscribed to. One thread changes it; any thread asks. */
final class Subscriptions {
  private static final int MAX = 16;

  /** The only failure that version 3.1.1 knows. */
  private static final int FAILURE = 0x80;

  private final List<TopicFilter> filters = new CopyOnWriteArrayList<>();

  /**
   * The answer to a wish.
   *
   * @param code 0 for granted at QoS 0
   * @param retained the filter, if what is retained is to be sent for it
   */
  record Grant(int code, Optional<TopicFilter> retained) {}

  /** Grants what a client may wish. */
  Grant add(MqttTopicSubscription wish, Client client) {
    Optional<TopicFilter> filter = TopicFilter.parse(wish.topicFilter());
    if (wish.topicFilter().startsWith("$share/")) {
      return no(MqttReasonCodes.SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED, client);
    }
    if (filter.isEmpty()) {
      return no(MqttReasonCodes.SubAck.TOPIC_FILTER_INVALID, client);
    }
    if (!client.maySubscribe(filter.get())) {
      return no(MqttReasonCodes.SubAck.NOT_AUTHORIZED, client);
    }
    boolean known = filters.contains(filter.get());
    if (!known && filters.size() >= MAX) {
      return no(MqttReasonCodes.SubAck.QUOTA_EXCEEDED, client);
    }
    if (!known) {
      filters.add(filter.get());
    }
    RetainedHandlingPolicy policy = wish.option().retainHandling();
    boolean send =
        policy == RetainedHandlingPolicy.SEND_AT_SUBSCRIBE
            || (policy == RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS && !known);
    return new Grant(0, send ? filter : Optional.empty());
  }

  private static Grant no(MqttReasonCodes.SubAck code, Client client) {
    return new Grant(client.five() ? code.byteValue() & 0xFF : FAILURE, Optional.empty());
  }

  /** The code of version 5 for an UNSUBACK. */
  short remove(String text) {
    boolean known = TopicFilter.parse(text).filter(filters::remove).isPresent();
    return known
        ? MqttReasonCodes.UnsubAck.SUCCESS.byteValue()
        : MqttReasonCodes.UnsubAck.NO_SUBSCRIPTION_EXISTED.byteValue();
  }

  boolean match(Topic topic) {
    for (TopicFilter filter : filters) {
      if (filter.matches(topic)) {
        return true;
      }
    }
    return false;
  }
}

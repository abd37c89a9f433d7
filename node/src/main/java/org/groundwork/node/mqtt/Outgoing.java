package org.groundwork.node.mqtt;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.protocol.Bytes;

/**
 * Publications to one client, at QoS 0: what he does not take in time is left out. For any thread.
 */
final class Outgoing {
  /** Publications that may be under way. */
  private static final int MAX = 1_000;

  private final Channel channel;
  private final Runnable dropped;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * Publications to a channel.
   *
   * @param dropped called for each that is left out
   */
  Outgoing(Channel channel, Runnable dropped) {
    this.channel = channel;
    this.dropped = dropped;
  }

  void send(Topic topic, Bytes payload, boolean retained) {
    if (!channel.isWritable()) {
      dropped.run();
    } else if (underWay.incrementAndGet() > MAX) {
      underWay.decrementAndGet();
      dropped.run();
    } else {
      channel
          .eventLoop()
          .execute(() -> {
            underWay.decrementAndGet();
            var _ = channel.writeAndFlush(MqttReplies.publish(topic, payload, retained));
          });
    }
  }
}

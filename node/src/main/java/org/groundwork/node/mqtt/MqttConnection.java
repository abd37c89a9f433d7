package org.groundwork.node.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.groundwork.node.gateway.Sender;
import org.groundwork.node.mqtt.MqttLogin.Principal;
import org.groundwork.node.mqtt.MqttReplies.Entry;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from CONNECT to the end. Its state belongs to one thread of the network; what others
 * may call is said to be for any thread.
 */
final class MqttConnection extends SimpleChannelInboundHandler<MqttMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);

  /** From the connection to the end of a login. */
  private static final long LOGIN_SECONDS = 10;

  /** Packets that a client may send before it knows that it is let in. */
  private static final int MAX_EARLY = 16;

  private enum Phase {
    NEW,
    LOGGING_IN,
    OPEN,
    CLOSED
  }

  /** A last will; its topic is its device's status. */
  private record Will(Device device, Bytes word, boolean retain) {}

  private final Broker broker;
  private final Channel channel;
  private final Sender sender;
  private final Publications publications;
  private final Outgoing outgoing;
  private final Subscriptions subscriptions = new Subscriptions();
  private final AtomicReference<Optional<Will>> will = new AtomicReference<>(Optional.empty());
  private final Deque<MqttMessage> early = new ArrayDeque<>();
  private Phase phase = Phase.NEW;
  private boolean counted;
  private volatile Client client = Client.UNKNOWN;

  MqttConnection(Broker broker, Channel channel, Sender sender) {
    this.broker = broker;
    this.channel = channel;
    this.sender = sender;
    publications = new Publications(this, broker, channel, sender);
    outgoing = new Outgoing(channel, broker.sessions()::countDropped);
  }

  /** For any thread. */
  Client client() {
    return client;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** For any thread. */
  boolean subscribes(Topic topic) {
    return subscriptions.match(topic);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    counted = sender.openStream();
    if (!counted) {
      close();
      return;
    }
    var _ = channel.eventLoop().schedule(this::endLogin, LOGIN_SECONDS, TimeUnit.SECONDS);
    context.fireChannelActive();
  }

  private void endLogin() {
    if (phase == Phase.NEW || phase == Phase.LOGGING_IN) {
      close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
    if (message.decoderResult().isFailure()) {
      unreadable(message.decoderResult().cause());
    } else if (phase == Phase.OPEN) {
      packet(message);
    } else if (phase == Phase.LOGGING_IN && early.size() < MAX_EARLY) {
      early.add(ReferenceCountUtil.retain(message));
    } else if (phase == Phase.NEW && message instanceof MqttConnectMessage connect) {
      connect(connect);
    } else {
      close();
    }
  }

  private void unreadable(Throwable cause) {
    Optional<Entry> entry = Client.refusalOf(cause);
    if (cause instanceof TooLongFrameException) {
      int most = broker.settings().maxPacketBytes();
      end(Disconnect.PACKET_TOO_LARGE, "The packet is larger than " + most + " bytes.");
    } else if (phase == Phase.NEW && entry.isPresent()) {
      refuse(client.replies(), entry.get(), "This broker speaks MQTT 3.1.1 and 5.");
    } else {
      end(Disconnect.MALFORMED_PACKET, "The packet is not as the standard says.");
    }
  }

  private void connect(MqttConnectMessage message) {
    Client asking = Client.of(message, channel.id().asShortText());
    if (asking.fault().isPresent()) {
      refuse(asking.replies(), asking.fault().get(), "CONNECT lacks something, or has too much.");
      return;
    }
    client = asking;
    phase = Phase.LOGGING_IN;
    channel.config().setAutoRead(false);
    broker.executor().execute(() -> login(asking));
  }

  /** On a thread that may wait. */
  private void login(Client asking) {
    try {
      Principal principal = broker.login().login(sender, asking.userName(), asking.password());
      channel.eventLoop().execute(() -> loggedIn(asking.as(principal)));
    } catch (MqttLogin.Refused e) {
      Entry entry = e.later ? Entry.LATER : Entry.BAD_CREDENTIALS;
      channel.eventLoop().execute(() -> refuse(asking.replies(), entry, e.sentence()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } catch (RuntimeException e) {
      LOG.error("A login failed", e);
      close();
    }
  }

  private void loggedIn(Client known) {
    if (phase != Phase.LOGGING_IN) {
      return;
    }
    client = known;
    if (!setWill(known)) {
      refuse(
          known.replies(),
          Entry.NOT_AUTHORIZED,
          "A last will is published on the device's own status topic, with at most 1 KiB.");
    } else if (!broker.sessions().join(this)) {
      refuse(known.replies(), Entry.LATER, "Too many readers are connected.");
    } else {
      open(known);
    }
  }

  private void open(Client known) {
    phase = Phase.OPEN;
    uncount();
    channel.pipeline().remove(LoginGuard.class);
    channel.pipeline().addFirst(new IdleStateHandler(known.idleSeconds(), 0, 0, TimeUnit.SECONDS));
    write(known.replies().welcome(known.welcome(broker.settings(), Inbox.FULL)));
    while (isOpen() && !early.isEmpty()) {
      MqttMessage message = early.remove();
      try {
        packet(message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }
    channel.flush();
    channel.config().setAutoRead(publications.hasRoom());
  }

  private boolean setWill(Client known) {
    if (known.will().isEmpty()) {
      return true;
    }
    Client.Will wanted = known.will().get();
    Optional<Device> device = known.device();
    if (device.isEmpty() || wanted.word().size() > Publications.MAX_STATUS) {
      return false;
    }
    Topic own = new Topic.Status(device.get().network(), device.get().id());
    if (Topic.parse(wanted.topic()).filter(own::equals).isEmpty()) {
      return false;
    }
    will.set(Optional.of(new Will(device.get(), wanted.word(), wanted.retain())));
    return true;
  }

  private void packet(MqttMessage message) {
    switch (message.fixedHeader().messageType()) {
      case PUBLISH -> publications.take((MqttPublishMessage) message);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
      case PINGREQ -> writeAndFlush(client.replies().pong());
      case DISCONNECT -> disconnect(message);
      case CONNECT, CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
          end(Disconnect.PROTOCOL_ERROR, "This packet is not expected here.");
    }
  }

  private void subscribe(MqttSubscribeMessage message) {
    List<Integer> codes = new ArrayList<>();
    List<TopicFilter> fresh = new ArrayList<>();
    message
        .payload()
        .topicSubscriptions()
        .forEach(wish -> {
          Subscriptions.Grant grant = subscriptions.add(wish, client);
          codes.add(grant.code());
          grant.retained().ifPresent(fresh::add);
        });
    writeAndFlush(client.replies().subAck(message.variableHeader().messageId(), codes));
    fresh.forEach(filter -> broker.sessions().retained(this, filter));
  }

  private void unsubscribe(MqttUnsubscribeMessage message) {
    List<Short> codes = new ArrayList<>();
    message.payload().topics().forEach(topic -> codes.add(subscriptions.remove(topic)));
    writeAndFlush(client.replies().unsubAck(message.variableHeader().messageId(), codes));
  }

  private void disconnect(MqttMessage message) {
    boolean withWill =
        message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
            && header.reasonCode() == Disconnect.DISCONNECT_WITH_WILL_MESSAGE.byteValue();
    if (!withWill) {
      will.set(Optional.empty());
    }
    close();
  }

  /** Publishes something, if the client subscribed to it and may see it; for any thread. */
  void offer(Topic topic, Bytes payload, boolean retained) {
    if (subscriptions.match(topic) && client.sees(topic) && client.takes(topic, payload)) {
      outgoing.send(topic, payload, retained);
    }
  }

  /** Publishes an accepted report to a reader; for any thread. */
  void offerReading(Topic.Data topic, Device device, ReportBody body) {
    if (subscriptions.match(topic)) {
      client
          .reading(device, body)
          .filter(payload -> client.takes(topic, payload))
          .ifPresent(payload -> outgoing.send(topic, payload, false));
    }
  }

  /** The same client has connected again, or its device too often; for any thread. */
  void takeOver() {
    publishWill();
    String sentence = "The same client, or too many of one device, connected later.";
    channel.eventLoop().execute(() -> end(Disconnect.SESSION_TAKEN_OVER, sentence));
  }

  /** The broker closes; for any thread. */
  void shutDown() {
    String sentence = "The gateway is being stopped.";
    channel.eventLoop().execute(() -> end(Disconnect.SERVER_SHUTTING_DOWN, sentence));
  }

  private void publishWill() {
    will.getAndSet(Optional.empty())
        .ifPresent(last -> broker.sessions().status(last.device(), last.word(), last.retain()));
  }

  private void refuse(MqttReplies replies, Entry entry, String sentence) {
    if (phase != Phase.CLOSED) {
      phase = Phase.CLOSED;
      will.set(Optional.empty());
      last(replies.refusal(entry, sentence));
    }
  }

  /** Ends a connection for a reason, which version 5 can be told. */
  void end(Disconnect code, String sentence) {
    if (isOpen() && client.five()) {
      phase = Phase.CLOSED;
      last(client.replies().goodbye(code, sentence));
    } else {
      channel.flush();
      close();
    }
  }

  private void last(MqttMessage message) {
    var _ = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
  }

  private void close() {
    var _ = channel.close();
  }

  void write(MqttMessage message) {
    var _ = channel.write(message);
  }

  private void writeAndFlush(MqttMessage message) {
    var _ = channel.writeAndFlush(message);
  }

  private void uncount() {
    if (counted) {
      counted = false;
      sender.closeStream();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof IdleStateEvent) {
      end(Disconnect.KEEP_ALIVE_TIMEOUT, "Nothing came for one and a half keep-alive times.");
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    phase = Phase.CLOSED;
    uncount();
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    broker.sessions().leave(this);
    publishWill();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.debug("A connection fails", cause);
    }
    close();
  }
}

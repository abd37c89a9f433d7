package org.groundwork.node.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.groundwork.protocol.Bytes;

/**
 * A client of version 5 that publishes at QoS 1: a device. It subscribes to nothing; its session
 * ends with the connection.
 */
public final class MqttClient extends SimpleChannelInboundHandler<MqttMessage>
    implements AutoCloseable {
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int PING_AFTER_SECONDS = 45;
  private static final int MAX_PACKET = 64 << 10;
  private static final int MAX_PACKET_ID = 0xFFFF;

  /**
   * Where to, and as whom.
   *
   * @param status what its status topic says while it is connected, and after it is lost
   */
  public record Login(
      InetSocketAddress broker,
      Optional<SslContext> tls,
      String clientId,
      String userName,
      String password,
      Optional<Status> status) {
    /** A status topic with its word at the beginning and its last will. */
    public record Status(String topic, String online, String offline) {}

    @Override
    public String toString() {
      return "Login[" + broker + ", " + userName + ", password=redacted]";
    }
  }

  /**
   * An acknowledgement.
   *
   * @param code reason code, from 0x80 on a refusal
   * @param reason in words, if the broker gave one
   */
  public record PubAck(int code, String reason, Map<String, String> properties) {
    public static final int FIRST_REFUSAL = 0x80;

    public PubAck {
      properties = Map.copyOf(properties);
    }
  }

  private final Login login;
  private final CompletableFuture<MqttClient> connected = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<PubAck>> waiting = new HashMap<>();
  private final Channel channel;

  // All below belong to the channel's thread.
  private int lastPacket;
  private String parting = "The broker hung up";

  private MqttClient(Login login, Channel channel) {
    this.login = login;
    this.channel = channel;
  }

  /** Connects and logs in; fails with an {@link IOException} of one sentence. */
  public static CompletableFuture<MqttClient> connect(EventLoopGroup threads, Login login) {
    CompletableFuture<MqttClient> connected = new CompletableFuture<>();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    prepare(channel, login, connected);
                  }
                });
    var _ =
        bootstrap
            .connect(login.broker())
            .addListener(done -> {
              if (!done.isSuccess()) {
                connected.completeExceptionally(
                    new IOException(
                        login.broker() + " cannot be reached: " + done.cause().getMessage()));
              }
            });
    return connected;
  }

  private static void prepare(
      SocketChannel channel, Login login, CompletableFuture<MqttClient> connected) {
    login
        .tls()
        .ifPresent(tls ->
            channel
                .pipeline()
                .addLast(
                    tls.newHandler(
                        channel.alloc(),
                        login.broker().getHostString(),
                        login.broker().getPort())));
    MqttClient client = new MqttClient(login, channel);
    var _ =
        client.connected.whenComplete((known, failure) -> {
          if (failure == null) {
            connected.complete(known);
          } else {
            connected.completeExceptionally(failure);
          }
        });
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(0, PING_AFTER_SECONDS, 0, TimeUnit.SECONDS),
            new MqttDecoder(MAX_PACKET),
            MqttEncoder.INSTANCE,
            client);
  }

  public boolean isOpen() {
    return channel.isActive();
  }

  /** Publishes at QoS 1; fails with an {@link IOException} when the connection does. */
  public CompletableFuture<PubAck> publish(String topic, Bytes payload, boolean retain) {
    CompletableFuture<PubAck> acknowledged = new CompletableFuture<>();
    channel
        .eventLoop()
        .execute(() -> {
          if (!channel.isActive()) {
            acknowledged.completeExceptionally(new IOException(parting));
            return;
          }
          do {
            lastPacket = lastPacket % MAX_PACKET_ID + 1;
          } while (waiting.containsKey(lastPacket));
          waiting.put(lastPacket, acknowledged);
          write(
              MqttMessageBuilders.publish()
                  .topicName(topic)
                  .messageId(lastPacket)
                  .qos(MqttQoS.AT_LEAST_ONCE)
                  .retained(retain)
                  .properties(new MqttProperties())
                  .payload(io.netty.buffer.Unpooled.wrappedBuffer(payload.unsafeArray()))
                  .build());
        });
    return acknowledged;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var connect =
        MqttMessageBuilders.connect()
            .protocolVersion(MqttVersion.MQTT_5)
            .clientId(login.clientId())
            .cleanSession(true)
            .keepAlive(KEEP_ALIVE_SECONDS)
            .username(login.userName())
            .password(login.password().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    login
        .status()
        .ifPresent(status ->
            connect
                .willFlag(true)
                .willTopic(status.topic())
                .willMessage(bytes(status.offline()).toArray())
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willRetain(true));
    write(connect.build());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
    if (message.decoderResult().isFailure()) {
      parting = "The broker sent something that is not MQTT";
      close();
      return;
    }
    switch (message.fixedHeader().messageType()) {
      case CONNACK -> connAck((MqttConnAckMessage) message);
      case PUBACK -> pubAck(message);
      case DISCONNECT -> {
        if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
          parting = "The broker hung up: " + reason(header.properties());
        }
        close();
      }
      case PINGRESP -> {}
      case CONNECT,
          PUBLISH,
          PUBREC,
          PUBREL,
          PUBCOMP,
          SUBSCRIBE,
          SUBACK,
          UNSUBSCRIBE,
          UNSUBACK,
          PINGREQ,
          AUTH ->
          close();
    }
  }

  private void connAck(MqttConnAckMessage message) {
    MqttConnectReturnCode code = message.variableHeader().connectReturnCode();
    if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      String words = reason(message.variableHeader().properties());
      parting = "The broker does not let device " + login.userName() + " in: " + words;
      close();
      return;
    }
    login
        .status()
        .ifPresent(status -> ignore(publish(status.topic(), bytes(status.online()), true)));
    connected.complete(this);
  }

  private static void ignore(CompletableFuture<PubAck> status) {
    // Nobody waits for the acknowledgement of a status.
    var _ = status.exceptionally(_ -> new PubAck(0, "", Map.of()));
  }

  private void pubAck(MqttMessage message) {
    if (message.variableHeader() instanceof MqttPubReplyMessageVariableHeader header) {
      CompletableFuture<PubAck> known = waiting.remove(header.messageId());
      if (known != null) {
        known.complete(
            new PubAck(
                header.reasonCode() & 0xFF,
                reason(header.properties()),
                userProperties(header.properties())));
      }
    }
  }

  private static String reason(MqttProperties properties) {
    int id = MqttProperties.REASON_STRING;
    return properties.getProperty(id) instanceof MqttProperties.StringProperty property
        ? property.value()
        : "it gives no reason";
  }

  private static Map<String, String> userProperties(MqttProperties properties) {
    Map<String, String> all = new HashMap<>();
    if (properties.getProperty(MqttProperties.USER_PROPERTY)
        instanceof MqttProperties.UserProperties pairs) {
      pairs.value().forEach(pair -> all.put(pair.key, pair.value));
    }
    return all;
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void write(MqttMessage message) {
    var _ = channel.writeAndFlush(message);
  }

  /** Hangs up as the standard wants it: a will is not published. */
  @Override
  public void close() {
    write(new MqttMessage(header(MqttMessageType.DISCONNECT)));
    var _ = channel.close();
  }

  /** Is gone from one moment to the next. */
  void vanish() {
    var _ = channel.close();
  }

  private static MqttFixedHeader header(MqttMessageType type) {
    return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof IdleStateEvent) {
      write(new MqttMessage(header(MqttMessageType.PINGREQ)));
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    IOException lost = new IOException(parting);
    connected.completeExceptionally(lost);
    Consumer<CompletableFuture<PubAck>> fail = each -> each.completeExceptionally(lost);
    waiting.values().forEach(fail);
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    parting = "The connection to the broker failed: " + cause.getMessage();
    vanish();
  }
}

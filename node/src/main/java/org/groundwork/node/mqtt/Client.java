package org.groundwork.node.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import java.util.Optional;
import org.groundwork.node.mqtt.MqttLogin.Principal;
import org.groundwork.node.mqtt.MqttReplies.Entry;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Device;

/**
 * What a client said in its CONNECT, and who it turned out to be.
 *
 * @param id its client identifier, or the one that it was given
 * @param named whether it brought one
 * @param keepAlive seconds, 0 for none
 * @param maxPacket the largest packet that it takes, in bytes
 * @param fault why it is not even asked for its password
 * @param principal empty until it is let in
 */
record Client(
    String id,
    boolean named,
    MqttReplies replies,
    int keepAlive,
    long maxPacket,
    boolean wantsSession,
    Optional<Will> will,
    String userName,
    Bytes password,
    Optional<Entry> fault,
    Optional<Principal> principal) {
  private static final int VERSION_3_1_1 = 4;
  private static final int VERSION_5 = 5;
  private static final int MAX_ID = 128;
  private static final int MAX_USER_NAME = 256;

  /** The longest keep-alive that clients of version 5 may have, in seconds. */
  private static final int MAX_KEEP_ALIVE = 1_800;

  /** A client of version 3.1.1 cannot be told of {@link #MAX_KEEP_ALIVE}, in seconds. */
  private static final int MAX_IDLE = 98_303;

  /** From here on there is room for reasons in words and a promise. */
  private static final int ROOM_FOR_WORDS = 4 << 10;

  /** Nobody has said anything. */
  static final Client UNKNOWN =
      new Client(
          "",
          false,
          new MqttReplies(false, false),
          0,
          0,
          false,
          Optional.empty(),
          "",
          Bytes.EMPTY,
          Optional.empty(),
          Optional.empty());

  /** A last will as it was wished. */
  record Will(String topic, Bytes word, boolean retain) {}

  /** Reads a CONNECT; {@code spare} becomes the identifier of one who has none. */
  static Client of(MqttConnectMessage message, String spare) {
    MqttConnectVariableHeader header = message.variableHeader();
    MqttConnectPayload payload = message.payload();
    boolean five = header.version() == VERSION_5;
    MqttProperties properties = header.properties();
    long maxPacket = number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
    boolean words =
        number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 1) != 0
            && maxPacket >= ROOM_FOR_WORDS;
    String id = payload.clientIdentifier() == null ? "" : payload.clientIdentifier();
    byte[] password = payload.passwordInBytes();
    return new Client(
        id.isEmpty() ? spare : id,
        !id.isEmpty(),
        new MqttReplies(five, words),
        header.keepAliveTimeSeconds(),
        maxPacket,
        number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0) != 0,
        will(message),
        payload.userName() == null ? "" : payload.userName(),
        password == null ? Bytes.EMPTY : Bytes.of(password),
        fault(message, id),
        Optional.empty());
  }

  private static Optional<Will> will(MqttConnectMessage message) {
    MqttConnectPayload payload = message.payload();
    return message.variableHeader().isWillFlag()
        ? Optional.of(
            new Will(
                payload.willTopic(),
                Bytes.of(payload.willMessageInBytes()),
                message.variableHeader().isWillRetain()))
        : Optional.empty();
  }

  private static Optional<Entry> fault(MqttConnectMessage message, String id) {
    MqttConnectVariableHeader header = message.variableHeader();
    boolean five = header.version() == VERSION_5;
    if (!five && header.version() != VERSION_3_1_1) {
      return Optional.of(Entry.OTHER_VERSION);
    }
    int method = MqttProperties.AUTHENTICATION_METHOD;
    if (header.properties().getProperty(method) != null) {
      return Optional.of(Entry.NO_ENHANCED_AUTHENTICATION);
    }
    if (id.length() > MAX_ID || (id.isEmpty() && !five && !header.isCleanSession())) {
      return Optional.of(Entry.BAD_CLIENT_ID);
    }
    String userName = message.payload().userName();
    return userName == null || userName.isEmpty() || userName.length() > MAX_USER_NAME
        ? Optional.of(Entry.BAD_CREDENTIALS)
        : Optional.empty();
  }

  /** What to say to one whose CONNECT could not be read; empty if it is damaged. */
  static Optional<Entry> refusalOf(Throwable cause) {
    return switch (cause) {
      case MqttUnacceptableProtocolVersionException _ -> Optional.of(Entry.OTHER_VERSION);
      case MqttIdentifierRejectedException _ -> Optional.of(Entry.BAD_CLIENT_ID);
      default -> Optional.empty();
    };
  }

  private static long number(MqttProperties properties, int type, long other) {
    return properties.getProperty(type) instanceof MqttProperties.IntegerProperty property
        ? Integer.toUnsignedLong(property.value())
        : other;
  }

  /** The same client, let in; its password is forgotten. */
  Client as(Principal known) {
    return new Client(
        id,
        named,
        replies,
        keepAlive,
        maxPacket,
        wantsSession,
        will,
        userName,
        Bytes.EMPTY,
        fault,
        Optional.of(known));
  }

  boolean five() {
    return replies.five();
  }

  /** What no other client has; empty before it was let in. */
  String key() {
    return principalName() + "/" + id;
  }

  /** Empty before it was let in. */
  String principalName() {
    return principal.map(Principal::name).orElse("");
  }

  boolean isReader() {
    return principal.filter(Principal.OfReader.class::isInstance).isPresent();
  }

  Optional<Device> device() {
    return principal.flatMap(known ->
        known instanceof Principal.OfDevice(Device device)
            ? Optional.of(device)
            : Optional.empty());
  }

  private Optional<Readers.Reader> reader() {
    return principal.flatMap(known ->
        known instanceof Principal.OfReader(Readers.Reader reader)
            ? Optional.of(reader)
            : Optional.empty());
  }

  boolean maySubscribe(TopicFilter filter) {
    return isReader() || device().filter(own -> filter.isOf(own.network(), own.id())).isPresent();
  }

  /** Whether it may see what is published here, which is no reading. */
  boolean sees(Topic topic) {
    return device().filter(own -> own.id().equals(topic.device())).isPresent()
        || (topic instanceof Topic.Status(var network, var device)
            && reader().filter(who -> who.seesStatus(network, device)).isPresent());
  }

  /** What it gets of an accepted report. */
  Optional<Bytes> reading(Device device, ReportBody body) {
    return reader().flatMap(who -> who.reading(device, body));
  }

  /** Whether a publication is small enough. */
  boolean takes(Topic topic, Bytes payload) {
    int overhead = 16;
    return topic.text().length() + payload.size() + overhead <= maxPacket;
  }

  private int keepAliveGranted() {
    return five() && (keepAlive == 0 || keepAlive > MAX_KEEP_ALIVE) ? MAX_KEEP_ALIVE : keepAlive;
  }

  /** How long it may say nothing ([MQTT-3.1.2-22]), in seconds. */
  int idleSeconds() {
    int granted = keepAliveGranted();
    return granted == 0 ? MAX_IDLE : granted + granted / 2 + 1;
  }

  /** What a client of version 5 is told when it is let in. */
  MqttProperties welcome(MqttSettings settings, int receiveMaximum) {
    MqttProperties told = MqttReplies.none();
    put(told, MqttProperties.RECEIVE_MAXIMUM, receiveMaximum);
    put(told, MqttProperties.MAXIMUM_QOS, 1);
    put(told, MqttProperties.MAXIMUM_PACKET_SIZE, settings.maxPacketBytes());
    put(told, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
    put(told, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
    if (wantsSession) {
      put(told, MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
    }
    if (keepAliveGranted() != keepAlive) {
      put(told, MqttProperties.SERVER_KEEP_ALIVE, keepAliveGranted());
    }
    if (!named) {
      int type = MqttProperties.ASSIGNED_CLIENT_IDENTIFIER;
      told.add(new MqttProperties.StringProperty(type, id));
    }
    return told;
  }

  private static void put(MqttProperties properties, int type, int value) {
    properties.add(new MqttProperties.IntegerProperty(type, value));
  }

  @Override
  public String toString() {
    return "Client[" + key() + ", password=redacted]";
  }
}

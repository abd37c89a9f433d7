package org.groundwork.node.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.http.AnswerJson;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * What the broker sends, in the version that the client speaks.
 *
 * @param five whether it speaks version 5, in which there are reasons
 * @param words whether it wants them in words, too (Request Problem Information)
 */
record MqttReplies(boolean five, boolean words) {
  /** User properties of a PUBACK of version 5. */
  static final String PROMISE = "promise";

  static final String RETRY = "retry-after-millis";

  /** Why somebody is not let in. */
  enum Entry {
    BAD_CREDENTIALS(
        MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
        MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD),
    NOT_AUTHORIZED(
        MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
        MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5),
    BAD_CLIENT_ID(
        MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED,
        MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID),
    LATER(
        MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
        MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY),
    OTHER_VERSION(
        MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION,
        MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION),
    NO_ENHANCED_AUTHENTICATION(
        MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
        MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);

    private final MqttConnectReturnCode three;
    private final MqttConnectReturnCode five;

    Entry(MqttConnectReturnCode three, MqttConnectReturnCode five) {
      this.three = three;
      this.five = five;
    }
  }

  /** The client is in. */
  MqttMessage welcome(MqttProperties properties) {
    return connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, properties);
  }

  /** The client stays out; the reason in words is always allowed here ([MQTT-3.1.2-29]). */
  MqttMessage refusal(Entry entry, String sentence) {
    return connAck(five ? entry.five : entry.three, reason(sentence, true));
  }

  private MqttMessage connAck(MqttConnectReturnCode code, MqttProperties properties) {
    return new MqttConnAckMessage(
        header(MqttMessageType.CONNACK),
        new MqttConnAckVariableHeader(code, false, five ? properties : none()));
  }

  /** The last packet of a connection; there is none in version 3.1.1. */
  MqttMessage goodbye(MqttReasonCodes.Disconnect code, String sentence) {
    return new MqttMessage(
        header(MqttMessageType.DISCONNECT),
        new MqttReasonCodeAndPropertiesVariableHeader(code.byteValue(), reason(sentence, true)));
  }

  /** Acknowledges what needs no answer: a status. */
  MqttMessage taken(int packet) {
    return pubAck(packet, MqttReasonCodes.PubAck.SUCCESS, none());
  }

  /** Acknowledges a report. */
  MqttMessage answered(int packet, Answer answer, String detail) {
    return switch (answer) {
      case Answer.Promised promised -> {
        MqttProperties properties = none();
        if (words) {
          String hex = promised.promise().encode().toHex();
          properties.add(new MqttProperties.UserProperty(PROMISE, hex));
        }
        yield pubAck(packet, MqttReasonCodes.PubAck.SUCCESS, properties);
      }
      case Answer.Refused(Refusal refusal) -> {
        MqttProperties properties = reason(refusal.code() + ": " + words(refusal, detail), words);
        if (words) {
          refusal
              .retryAfter()
              .ifPresent(after ->
                  properties.add(
                      new MqttProperties.UserProperty(RETRY, Long.toString(after.toMillis()))));
        }
        yield pubAck(packet, code(refusal), properties);
      }
    };
  }

  private static MqttReasonCodes.PubAck code(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED, TOO_LARGE -> MqttReasonCodes.PubAck.PAYLOAD_FORMAT_INVALID;
      case WRONG_DEPLOYMENT,
          UNKNOWN_DEVICE,
          WRONG_NETWORK,
          WRONG_KEY,
          WRONG_SIGNATURE,
          OTHER_DEVICE ->
          MqttReasonCodes.PubAck.NOT_AUTHORIZED;
      case OLD_EPOCH, BUSY -> MqttReasonCodes.PubAck.IMPLEMENTATION_SPECIFIC_ERROR;
      case TOO_MANY, RATE_LIMITED -> MqttReasonCodes.PubAck.QUOTA_EXCEEDED;
    };
  }

  private MqttMessage pubAck(int packet, MqttReasonCodes.PubAck code, MqttProperties properties) {
    return new MqttPubAckMessage(
        header(MqttMessageType.PUBACK),
        five
            ? new MqttPubReplyMessageVariableHeader(packet, code.byteValue(), properties)
            : MqttMessageIdVariableHeader.from(packet));
  }

  MqttMessage subAck(int packet, List<Integer> codes) {
    return new MqttSubAckMessage(
        header(MqttMessageType.SUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packet, none()),
        new MqttSubAckPayload(codes));
  }

  MqttMessage unsubAck(int packet, List<Short> codes) {
    return new MqttUnsubAckMessage(
        header(MqttMessageType.UNSUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packet, none()),
        new MqttUnsubAckPayload(codes));
  }

  MqttMessage pong() {
    return new MqttMessage(header(MqttMessageType.PINGRESP));
  }

  /** A publication at QoS 0. */
  static MqttMessage publish(Topic topic, Bytes payload, boolean retained) {
    return new MqttPublishMessage(
        new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_MOST_ONCE, retained, 0),
        new MqttPublishVariableHeader(topic.text(), 0),
        Unpooled.wrappedBuffer(payload.unsafeArray()));
  }

  /**
   * What is published on a device's answer topic.
   *
   * @param report empty where none could be read
   */
  static Bytes answer(Optional<Hash> report, Answer answer, String detail) {
    ObjectNode json =
        switch (answer) {
          case Answer.Promised _ -> AnswerJson.of(answer);
          case Answer.Refused(Refusal refusal) -> AnswerJson.of(refusal, words(refusal, detail));
        };
    report.ifPresent(hash -> json.put("report", hash.toString()));
    return Json.encode(json);
  }

  private static String words(Refusal refusal, String detail) {
    return detail.isEmpty() ? refusal.sentence() : refusal.sentence() + " In detail: " + detail;
  }

  static MqttProperties none() {
    return new MqttProperties();
  }

  private static MqttProperties reason(String sentence, boolean wanted) {
    MqttProperties properties = none();
    if (wanted) {
      int id = MqttProperties.REASON_STRING;
      properties.add(new MqttProperties.StringProperty(id, sentence));
    }
    return properties;
  }

  private static MqttFixedHeader header(MqttMessageType type) {
    return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
  }
}

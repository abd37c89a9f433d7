package org.groundwork.node.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** JSON of peers: read strictly, every number and text bounded. */
public final class Json {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 100;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  public static Bytes encode(JsonNode node) {
    try {
      return Bytes.wrap(MAPPER.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  public static JsonNode decode(Bytes content) throws Malformed {
    try {
      JsonNode node = MAPPER.readTree(content.unsafeArray());
      if (node == null || node.isMissingNode()) {
        throw new Malformed("no JSON");
      }
      return node;
    } catch (IOException e) {
      throw new Malformed("not JSON: " + e.getClass().getSimpleName());
    }
  }

  /** A member that must be there. */
  public static JsonNode member(JsonNode node, String name) throws Malformed {
    JsonNode member = node.get(name);
    if (member == null) {
      throw new Malformed("no member " + name);
    }
    return member;
  }

  public static String text(JsonNode node, String name) throws Malformed {
    JsonNode member = member(node, name);
    if (!member.isTextual()) {
      throw new Malformed(name + " is no text");
    }
    return member.textValue();
  }

  /** A whole number that is not negative. */
  public static long count(JsonNode node, String name) throws Malformed {
    JsonNode member = member(node, name);
    if (!member.canConvertToLong() || !member.isIntegralNumber() || member.longValue() < 0) {
      throw new Malformed(name + " is no count");
    }
    return member.longValue();
  }

  /** An amount: decimal digits as text. */
  public static BigInteger amount(JsonNode node, String name) throws Malformed {
    String digits = text(node, name);
    if (!digits.matches("0|[1-9][0-9]{0,77}")) {
      throw new Malformed(name + " is no amount");
    }
    return new BigInteger(digits);
  }

  public static Bytes bytes(JsonNode node, String name) throws Malformed {
    return bytes(text(node, name));
  }

  public static Hash hash(JsonNode node, String name) throws Malformed {
    return hash(text(node, name));
  }

  public static AccountId account(JsonNode node, String name) throws Malformed {
    Bytes bytes = bytes(node, name);
    if (bytes.size() != AccountId.SIZE) {
      throw new Malformed(name + " is no account");
    }
    return new AccountId(bytes);
  }

  /** Hexadecimal digits after {@code 0x}. */
  public static Bytes bytes(String hex) throws Malformed {
    try {
      if (hex.startsWith("0x")) {
        return Bytes.fromHex(hex);
      }
    } catch (IllegalArgumentException e) {
      throw new Malformed("not hexadecimal");
    }
    throw new Malformed("not hexadecimal after 0x");
  }

  public static Hash hash(String hex) throws Malformed {
    Bytes bytes = bytes(hex);
    if (bytes.size() != Hash.SIZE) {
      throw new Malformed("no hash");
    }
    return new Hash(bytes);
  }
}

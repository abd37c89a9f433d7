package org.groundwork.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Objects;
import java.util.stream.Stream;

/** Committed vectors that others computed; each folder says where they come from. */
final class Vectors {
  private Vectors() {}

  static JsonNode read(String path) {
    try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(path), path)) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return array.valueStream();
  }

  static Hash hash(JsonNode node, String member) {
    return Hash.fromHex(node.get(member).asText());
  }

  static AccountId account(JsonNode node, String member) {
    return AccountId.fromHex(node.get(member).asText());
  }

  static BigInteger number(JsonNode node, String member) {
    return new BigInteger(node.get(member).asText());
  }
}

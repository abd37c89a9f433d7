package org.groundwork.networks.storage.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.groundwork.protocol.Hash;

/** The cases of vectors/pdp. */
final class PdpCases {
  private static final JsonNode ALL = read();

  private PdpCases() {}

  static Stream<JsonNode> of(String section) {
    JsonNode cases = ALL.required(section);
    if (cases.isEmpty()) {
      throw new IllegalStateException("no cases of " + section);
    }
    return cases.valueStream();
  }

  static PieceProof proof(JsonNode node) {
    List<Hash> siblings =
        node.required("proof").valueStream().map(JsonNode::asText).map(Hash::fromHex).toList();
    return new PieceProof(
        node.required("leafOffset").asLong(),
        Hash.fromHex(node.required("leaf").asText()),
        siblings);
  }

  static long[] longs(JsonNode numbers) {
    List<Long> all = new ArrayList<>();
    numbers.forEach(number -> all.add(number.asLong()));
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  private static JsonNode read() {
    String path = "/vectors/pdp/pdp-cases.json";
    try (InputStream in = Objects.requireNonNull(PdpCases.class.getResourceAsStream(path))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

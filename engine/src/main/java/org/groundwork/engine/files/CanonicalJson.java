package org.groundwork.engine.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** JSON with one encoding: members in the order written, two spaces of indent, numbers in text. */
final class CanonicalJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

  private CanonicalJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  private static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
  }

  /** A part of a document that is written as it is made. */
  interface Part {
    void write(JsonGenerator out) throws IOException;
  }

  /** Writes a document in the same encoding, a part at a time. */
  static void write(OutputStream target, Part document) throws IOException {
    JsonGenerator out =
        MAPPER
            .writer(printer())
            .createGenerator(target)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    document.write(out);
    out.writeRaw('\n');
    out.close();
  }

  /** Writes an array, an element in memory at a time. */
  static <T> void writeArray(JsonGenerator out, Iterable<T> elements, Function<T, JsonNode> node)
      throws IOException {
    out.writeStartArray();
    for (T element : elements) {
      out.writeTree(node.apply(element));
    }
    out.writeEndArray();
  }

  /** What a document is as bytes. */
  static Bytes bytes(Part document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(out, document);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  static Bytes write(JsonNode node) {
    DefaultPrettyPrinter printer = printer();
    try {
      String text = MAPPER.writer(printer).writeValueAsString(node) + "\n";
      return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  /** What a reader makes of a parsed document. */
  interface Reader<T> {
    T read(JsonNode node) throws Malformed;
  }

  /**
   * Reads a document.
   *
   * @param write encodes again what was read: the bytes must come out the same
   */
  static <T> T read(Bytes content, Reader<T> reader, Function<T, Bytes> write) throws Malformed {
    T value;
    try {
      JsonNode node = MAPPER.readTree(content.unsafeArray());
      if (node == null) {
        throw new Malformed("no JSON");
      }
      value = reader.read(node);
    } catch (IOException | IllegalArgumentException e) {
      throw new Malformed("unreadable JSON: " + e.getMessage());
    }
    if (!write.apply(value).equals(content)) {
      throw new Malformed("JSON in another encoding than its own");
    }
    return value;
  }

  static JsonNode member(JsonNode node, String name) throws Malformed {
    JsonNode member = node.get(name);
    if (member == null) {
      throw new Malformed("no member " + name);
    }
    return member;
  }

  static String text(JsonNode node, String name) throws Malformed {
    JsonNode member = member(node, name);
    if (!member.isTextual()) {
      throw new Malformed(name + " is no text");
    }
    return member.textValue();
  }

  static BigInteger number(JsonNode node, String name) throws Malformed {
    return new BigInteger(text(node, name));
  }

  static long count(JsonNode node, String name) throws Malformed {
    JsonNode member = member(node, name);
    if (!member.isIntegralNumber() || !member.canConvertToLong()) {
      throw new Malformed(name + " is no number");
    }
    return member.longValue();
  }

  static Hash hash(JsonNode node, String name) throws Malformed {
    return Hash.fromHex(text(node, name));
  }

  static AccountId account(JsonNode node, String name) throws Malformed {
    return AccountId.fromHex(text(node, name));
  }

  static <T> List<T> list(JsonNode node, Reader<T> reader) throws Malformed {
    if (!node.isArray()) {
      throw new Malformed("no array");
    }
    List<T> items = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      items.add(reader.read(item));
    }
    return items;
  }
}

package org.groundwork.settlement.abi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.abi.AbiType.Field;
import org.groundwork.settlement.abi.AbiType.Tuple;

/**
 * All functions, events and errors of one compiled contract, with untyped values: for tests that
 * call what has no record of its own. Values are those of {@link AbiCodec}; a {@link Hash} may
 * stand for its bytes, an {@link Integer} or {@link Long} for its number.
 */
public final class ContractAbi {
  private static final int SELECTOR_BYTES = 4;

  /** An event or error, and its arguments in their order. */
  public record Decoded(String name, List<Object> values) {
    public Decoded {
      values = List.copyOf(values);
    }
  }

  private final Map<String, Signature> functions = new HashMap<>();
  private final Map<Hash, Signature> events = new HashMap<>();
  private final Map<Bytes, Signature> errors = new HashMap<>();
  private Tuple constructor = new Tuple(List.of());

  /** From the {@code abi} of an artifact. Of overloaded functions the last counts. */
  public ContractAbi(JsonNode abi) {
    for (JsonNode entry : abi) {
      Tuple inputs = tuple(entry.path("inputs"));
      Signature signature =
          new Signature(entry.path("name").asText(), inputs, tuple(entry.path("outputs")));
      switch (entry.required("type").asText()) {
        case "function" -> functions.put(signature.name(), signature);
        case "event" -> events.put(signature.topic(), signature);
        case "error" -> errors.put(signature.selector(), signature);
        case "constructor" -> constructor = inputs;
        default -> {}
      }
    }
  }

  /** Selector and arguments of a call. */
  public Bytes call(String function, List<?> arguments) {
    Signature signature = function(function);
    return joined(signature.selector(), AbiCodec.encode(signature.inputs(), plain(arguments)));
  }

  /** What stands behind the creation code of a contract that is created. */
  public Bytes creation(Bytes code, List<?> arguments) {
    return joined(code, AbiCodec.encode(constructor, plain(arguments)));
  }

  /** What a call of a function returned. */
  public List<Object> result(String function, Bytes data) {
    return AbiCodec.decode(function(function).outputs(), data);
  }

  /** What the contract, or one that it called with errors of its own ABI, reverted with. */
  public Optional<Decoded> error(Bytes data) {
    if (data.size() < SELECTOR_BYTES) {
      return Optional.empty();
    }
    return Optional.ofNullable(errors.get(data.slice(0, SELECTOR_BYTES)))
        .map(signature ->
            new Decoded(
                signature.name(),
                AbiCodec.decode(signature.inputs(), data.slice(SELECTOR_BYTES, data.size()))));
  }

  /** An event of this contract. */
  public Optional<Decoded> event(List<Hash> topics, Bytes data) {
    return Optional.ofNullable(events.get(topics.getFirst()))
        .map(signature -> new Decoded(signature.name(), values(signature, topics, data)));
  }

  private static List<Object> values(Signature signature, List<Hash> topics, Bytes data) {
    List<Field> fields = signature.inputs().fields();
    List<Object> behind =
        AbiCodec.decode(new Tuple(fields.stream().filter(f -> !f.indexed()).toList()), data);
    List<Object> values = new ArrayList<>();
    int topic = 1;
    int next = 0;
    for (Field field : fields) {
      values.add(
          field.indexed()
              ? AbiCodec.decode(new Tuple(List.of(field)), topics.get(topic++).bytes()).getFirst()
              : behind.get(next++));
    }
    return values;
  }

  private Signature function(String name) {
    Signature signature = functions.get(name);
    if (signature == null) {
      throw new IllegalArgumentException("no function " + name);
    }
    return signature;
  }

  private static List<Object> plain(List<?> values) {
    return values.stream().map(ContractAbi::plain).toList();
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Hash hash -> hash.bytes();
      case Integer number -> BigInteger.valueOf(number);
      case Long number -> BigInteger.valueOf(number);
      case List<?> list -> plain(list);
      default -> value;
    };
  }

  private static Tuple tuple(JsonNode members) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode member : members) {
      fields.add(
          new Field(
              member.path("name").asText(),
              type(member.required("type").asText(), member),
              member.path("indexed").asBoolean()));
    }
    return new Tuple(fields);
  }

  private static AbiType type(String name, JsonNode member) {
    if (name.endsWith("[]")) {
      return new AbiType.ArrayOf(type(name.substring(0, name.length() - 2), member));
    }
    return name.equals("tuple") ? tuple(member.required("components")) : elementary(name);
  }

  private static AbiType elementary(String name) {
    return Signature.parse("f(" + name + " x)").inputs().fields().getFirst().type();
  }

  private static Bytes joined(Bytes first, Bytes second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first.unsafeArray());
    out.writeBytes(second.unsafeArray());
    return Bytes.wrap(out.toByteArray());
  }
}

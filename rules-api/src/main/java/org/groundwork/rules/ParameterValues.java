package org.groundwork.rules;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * A value for each parameter of a kind. Their bytes are canonical JSON: one object, names
 * ascending, no blanks, whole numbers; those that can be above 2^53 - 1 in quotes.
 */
public final class ParameterValues {
  /** The longest encoding, in bytes. */
  public static final int MAX_SIZE = 4096;

  private static final Pattern FIELD =
      Pattern.compile("\\G[{,]\"([A-Za-z0-9]{1,40})\":(\"?)(0|[1-9][0-9]{0,77})\\2");

  private final SortedMap<String, Parameter> schema;
  private final SortedMap<String, BigInteger> values;

  private ParameterValues(SortedMap<String, Parameter> schema, Map<String, BigInteger> values) {
    if (!values.keySet().equals(schema.keySet())) {
      throw new IllegalArgumentException(
          "parameters are " + schema.keySet() + ", not " + values.keySet());
    }
    values.forEach((name, value) -> known(schema, name).check(value));
    this.schema = schema;
    this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Checks values against a schema.
   *
   * @throws IllegalArgumentException if one is missing, unknown or out of bounds
   */
  public static ParameterValues of(List<Parameter> schema, Map<String, BigInteger> values) {
    return new ParameterValues(byName(schema), values);
  }

  /** The standard values. */
  public static ParameterValues standard(List<Parameter> schema) {
    TreeMap<String, BigInteger> values = new TreeMap<>();
    schema.forEach(parameter -> values.put(parameter.name(), parameter.standard()));
    return of(schema, values);
  }

  /**
   * Reads what {@link #encode} writes, and nothing else.
   *
   * @throws Malformed if a parameter is unknown, missing or out of bounds
   */
  public static ParameterValues decode(List<Parameter> schema, Bytes json) throws Malformed {
    if (json.size() > MAX_SIZE) {
      throw new Malformed("parameters of " + json.size() + " bytes");
    }
    try {
      ParameterValues read = of(schema, fields(text(json)));
      if (!read.encode().equals(json)) {
        throw new Malformed("parameters are not canonical JSON: expected " + text(read.encode()));
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not the parameters: " + e.getMessage());
    }
  }

  public Bytes encode() {
    String json =
        values.entrySet().stream()
            .map(entry -> field(known(schema, entry.getKey()), entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    return Bytes.wrap(json.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * One value.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  public BigInteger get(String name) {
    BigInteger value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return value;
  }

  /**
   * One value that fits into a long.
   *
   * @throws ArithmeticException if it does not
   */
  public long count(String name) {
    return get(name).longValueExact();
  }

  /** A copy with one other value. */
  public ParameterValues with(String name, BigInteger value) {
    TreeMap<String, BigInteger> changed = new TreeMap<>(values);
    changed.put(name, value);
    return new ParameterValues(schema, changed);
  }

  private static Map<String, BigInteger> fields(String text) throws Malformed {
    TreeMap<String, BigInteger> fields = new TreeMap<>();
    Matcher field = FIELD.matcher(text);
    int end = 0;
    while (field.find() && (text.charAt(field.start()) == '{') == (end == 0)) {
      fields.put(field.group(1), new BigInteger(field.group(3)));
      end = field.end();
    }
    if (!text.substring(end).equals("}")) {
      throw new Malformed("parameters are no canonical JSON object from character " + end + " on");
    }
    return fields;
  }

  private static String field(Parameter parameter, BigInteger value) {
    String quote = parameter.isQuoted() ? "\"" : "";
    return "\"" + parameter.name() + "\":" + quote + value + quote;
  }

  private static String text(Bytes json) {
    return new String(json.unsafeArray(), StandardCharsets.ISO_8859_1);
  }

  private static SortedMap<String, Parameter> byName(List<Parameter> schema) {
    TreeMap<String, Parameter> byName = new TreeMap<>();
    for (Parameter parameter : schema) {
      if (byName.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException("two parameters " + parameter.name());
      }
    }
    return byName;
  }

  private static Parameter known(SortedMap<String, Parameter> schema, String name) {
    Parameter parameter = schema.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return parameter;
  }
}

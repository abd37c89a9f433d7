package org.groundwork.cli.bridge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.protocol.Malformed;

/**
 * The form that a station posts (application/x-www-form-urlencoded) or puts into a query: names in
 * their case, each at most once.
 */
record StationForm(Map<String, String> values) {
  /** The longest form, in characters. */
  static final int MAX_LENGTH = 8 << 10;

  private static final int MAX_VALUES = 200;

  StationForm {
    values = Map.copyOf(values);
  }

  static StationForm parse(String text) throws Malformed {
    if (text.length() > MAX_LENGTH) {
      throw new Malformed("a form of " + text.length() + " characters");
    }
    Map<String, String> values = new TreeMap<>();
    for (String pair : text.strip().split("&", MAX_VALUES + 1)) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      if (equals < 1 || values.size() >= MAX_VALUES) {
        throw new Malformed("not a form of at most " + MAX_VALUES + " values");
      }
      if (values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)))
          != null) {
        throw new Malformed(decoded(pair.substring(0, equals)) + " comes twice");
      }
    }
    return new StationForm(values);
  }

  private static String decoded(String text) throws Malformed {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Malformed("not percent-encoded");
    }
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** What the station says it is; empty if it says nothing. */
  Optional<String> passkey() {
    return value("PASSKEY")
        .or(() -> value("ID").flatMap(id -> value("PASSWORD").map(word -> id + ":" + word)));
  }

  @Override
  public String toString() {
    return "StationForm[redacted]";
  }
}

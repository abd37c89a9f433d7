package org.groundwork.node.explorer.api;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.groundwork.node.explorer.index.DeviceState;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.rules.kit.H3;

/**
 * What stands in a request's path and query, read strictly: an unknown name or a value out of
 * bounds is refused, and nothing of it comes into the text of a statement.
 */
public final class Parameters {
  /** Rows of a page if nothing is said, and at most. */
  static final int DEFAULT_LIMIT = 50;

  static final int MAX_LIMIT = 200;

  private static final int MAX_VALUE = 200;
  private static final Pattern ACCOUNT = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final Pattern CELL = Pattern.compile("[0-9a-fA-F]{15,16}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final long MAX_EPOCH = 0xFFFF_FFFFL;

  private final Map<String, String> values;

  /**
   * Parameters of one request.
   *
   * @param allowed names that the endpoint knows
   * @throws ApiException if there is another name, or a value of more than 200 characters
   */
  public Parameters(Map<String, String> values, Set<String> allowed) throws ApiException {
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (!allowed.contains(entry.getKey())) {
        throw malformed("There is no parameter of this name; known are " + new TreeSet<>(allowed));
      }
      if (entry.getValue().length() > MAX_VALUE) {
        throw malformed(entry.getKey() + " is too long.");
      }
    }
    this.values = new TreeMap<>(values);
  }

  /** The same with another page. */
  Parameters at(String cursor, int limit) {
    Map<String, String> next = new TreeMap<>(values);
    next.put("cursor", cursor);
    next.put("limit", Integer.toString(limit));
    return new Parameters(next);
  }

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  static ApiException malformed(String detail) {
    return new ApiException(ApiError.MALFORMED, detail);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  int limit() throws ApiException {
    Optional<Long> limit = number("limit");
    if (limit.isPresent() && (limit.get() < 1 || limit.get() > MAX_LIMIT)) {
      throw malformed("limit is 1 to " + MAX_LIMIT + ".");
    }
    return limit.map(Long::intValue).orElse(DEFAULT_LIMIT);
  }

  /** A cursor that is one number; from the other end without one. */
  long cursor(long start) throws ApiException {
    return number("cursor").orElse(start);
  }

  Optional<Long> number(String name) throws ApiException {
    Optional<String> text = text(name);
    if (text.isPresent() && !NUMBER.matcher(text.get()).matches()) {
      throw malformed(name + " is a number.");
    }
    return text.map(Long::parseLong);
  }

  long required(String name) throws ApiException {
    return number(name).orElseThrow(() -> malformed(name + " is missing."));
  }

  Optional<Long> epoch(String name) throws ApiException {
    Optional<Long> epoch = number(name);
    if (epoch.isPresent() && epoch.get() > MAX_EPOCH) {
      throw malformed(name + " is no epoch.");
    }
    return epoch;
  }

  Optional<Integer> network() throws ApiException {
    Optional<Long> network = number("network");
    if (network.isPresent() && (network.get() < 1 || network.get() > Integer.MAX_VALUE)) {
      throw malformed("network is no network's number.");
    }
    return network.map(Long::intValue);
  }

  /** In lower case. */
  Optional<String> account(String name) throws ApiException {
    Optional<String> account = text(name);
    if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
      throw malformed(name + " is no account: 0x and 40 hexadecimal digits.");
    }
    return account.map(text -> "0x" + lower(text.substring(2)));
  }

  Optional<Long> cell(String name) throws ApiException {
    Optional<String> cell = text(name);
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    if (!CELL.matcher(cell.get()).matches()) {
      throw malformed(name + " is no H3 cell.");
    }
    long bits = Long.parseUnsignedLong(cell.get(), 16);
    if (!H3.isCell(bits)) {
      throw malformed(name + " is no H3 cell.");
    }
    return Optional.of(bits);
  }

  Optional<DeviceState> state() throws ApiException {
    Optional<String> code = text("state");
    Optional<DeviceState> state = code.flatMap(DeviceState::of);
    if (code.isPresent() && state.isEmpty()) {
      throw malformed("state is no state of a device.");
    }
    return state;
  }

  /** A number of up to 78 digits, as proposals have. */
  BigInteger large(String name) throws ApiException {
    String text = text(name).orElse("");
    if (!text.matches("[0-9]{1,78}")) {
      throw malformed(name + " is a number.");
    }
    return new BigInteger(text);
  }

  static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }
}

package org.groundwork.networks.sensing.definition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as founders write them. */
final class Texts {
  /** Up to so many digits a TOML float, which is a double, is exactly what was written. */
  static final int EXACT_DIGITS = 15;

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(s|m|min|h|d)");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,2})?) ?%");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(?:\\.[0-9]{1,40})?");

  private Texts() {}

  /** {@code 90s}, {@code 5m}, {@code 4h} or {@code 2d}, in seconds. */
  static Optional<Long> duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (parts.group(2)) {
          case "s" -> 1;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 60;
        };
    return Optional.of(Long.parseLong(parts.group(1)) * unit);
  }

  /** Seconds as {@link #duration} reads them. */
  static String duration(long seconds) {
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** {@code 66.7%} in 1/10000; at most the whole. */
  static Optional<Integer> basisPoints(String text) {
    Matcher percent = PERCENT.matcher(text);
    if (!percent.matches()) {
      return Optional.empty();
    }
    int value = new BigDecimal(percent.group(1)).movePointRight(2).intValueExact();
    return Optional.of(value).filter(bps -> bps <= 10_000);
  }

  /** A number, or a number in quotes; empty for everything else. */
  static Optional<BigDecimal> decimal(Object value) {
    return switch (value) {
      case Long whole -> Optional.of(BigDecimal.valueOf(whole));
      case Double real when Double.isFinite(real) -> exact(real);
      case String text when DECIMAL.matcher(text).matches() -> Optional.of(new BigDecimal(text));
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> exact(double real) {
    BigDecimal shortest = new BigDecimal(Double.toString(real)).stripTrailingZeros();
    return shortest.precision() <= EXACT_DIGITS ? Optional.of(shortest) : Optional.empty();
  }

  /** {@code value * 10^decimals}, if that is whole. */
  static Optional<BigInteger> scaled(BigDecimal value, int decimals) {
    BigDecimal moved = value.movePointRight(decimals).stripTrailingZeros();
    return moved.scale() <= 0 ? Optional.of(moved.toBigIntegerExact()) : Optional.empty();
  }
}

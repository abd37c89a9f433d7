package org.groundwork.rules;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A whole number that a network of a kind sets for itself.
 *
 * @param min the smallest value, not negative
 * @param max the largest value, below 2^256
 * @param standard the value of a network that does not care
 * @param meaning in one sentence
 */
public record Parameter(
    String name, Unit unit, BigInteger min, BigInteger max, BigInteger standard, String meaning) {
  /** Up to here JSON readers of every language keep a number as it is: 2^53 - 1. */
  private static final BigInteger MAX_NUMBER = BigInteger.valueOf((1L << 53) - 1);

  private static final int MAX_BITS = 256;
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");

  public Parameter {
    if (!NAME.matcher(name).matches() || meaning.isBlank()) {
      throw new IllegalArgumentException("not a parameter: " + name);
    }
    if (min.signum() < 0
        || standard.compareTo(min) < 0
        || max.compareTo(standard) < 0
        || max.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException(
          "parameter %s is %s, from %s to %s".formatted(name, standard, min, max));
    }
  }

  /** A parameter whose values are small. */
  public static Parameter of(
      String name, Unit unit, long min, long max, long standard, String meaning) {
    return new Parameter(
        name,
        unit,
        BigInteger.valueOf(min),
        BigInteger.valueOf(max),
        BigInteger.valueOf(standard),
        meaning);
  }

  /** Whether canonical JSON carries it in quotes: numbers that some readers would round. */
  boolean isQuoted() {
    return max.compareTo(MAX_NUMBER) > 0;
  }

  /**
   * A value within the bounds.
   *
   * @throws IllegalArgumentException otherwise
   */
  BigInteger check(BigInteger value) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "%s is from %s to %s %s, not %s".formatted(name, min, max, unit.name(), value));
    }
    return value;
  }
}

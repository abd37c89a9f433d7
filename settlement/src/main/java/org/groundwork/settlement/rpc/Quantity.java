package org.groundwork.settlement.rpc;

import java.math.BigInteger;

/** Numbers as JSON-RPC writes them: hexadecimal after {@code 0x}, without leading zeros. */
final class Quantity {
  private static final int MAX_DIGITS = 64;

  private Quantity() {}

  static String encode(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    return "0x" + Long.toHexString(value);
  }

  static String encode(BigInteger value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    return "0x" + value.toString(16);
  }

  static BigInteger decode(String text) {
    if (!text.startsWith("0x") || text.length() < 3 || text.length() > 2 + MAX_DIGITS) {
      throw new IllegalArgumentException("not a quantity: " + text);
    }
    String digits = text.substring(2);
    if (!digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
      throw new IllegalArgumentException("not a quantity: " + text);
    }
    return new BigInteger(digits, 16);
  }

  static long decodeLong(String text) {
    try {
      return decode(text).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large for 63 bits: " + text, e);
    }
  }
}

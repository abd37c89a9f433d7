package org.groundwork.networks.storage.ipld;

import org.groundwork.protocol.Malformed;

/** Base 58 with Bitcoin's alphabet. */
final class Base58 {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** The work grows with the square of the length. */
  private static final int MAX_CHARACTERS = 256;

  private Base58() {}

  static String encode(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    int[] digits = new int[bytes.length * 2];
    int used = 0;
    for (int at = zeros; at < bytes.length; at++) {
      int carry = Byte.toUnsignedInt(bytes[at]);
      for (int i = 0; i < used || carry > 0; i++) {
        carry += digits[i] << Byte.SIZE;
        digits[i] = carry % 58;
        carry /= 58;
        used = Math.max(used, i + 1);
      }
    }
    StringBuilder text = new StringBuilder("1".repeat(zeros));
    for (int i = used - 1; i >= 0; i--) {
      text.append(DIGITS.charAt(digits[i]));
    }
    return text.toString();
  }

  static byte[] decode(String text) throws Malformed {
    if (text.length() > MAX_CHARACTERS) {
      throw new Malformed("base 58 of more than " + MAX_CHARACTERS + " characters");
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    byte[] reversed = new byte[text.length()];
    int used = 0;
    for (int at = zeros; at < text.length(); at++) {
      int carry = DIGITS.indexOf(text.charAt(at));
      if (carry < 0) {
        throw new Malformed("character " + at + " is not base 58");
      }
      for (int i = 0; i < used || carry > 0; i++) {
        carry += Byte.toUnsignedInt(reversed[i]) * 58;
        reversed[i] = (byte) carry;
        carry >>>= Byte.SIZE;
        used = Math.max(used, i + 1);
      }
    }
    byte[] bytes = new byte[zeros + used];
    for (int i = 0; i < used; i++) {
      bytes[zeros + i] = reversed[used - 1 - i];
    }
    return bytes;
  }
}

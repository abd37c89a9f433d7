package org.groundwork.networks.storage.wire;

/** Multibase {@code b}: lower-case base 32 of RFC 4648 without padding, one text for each value. */
public final class Base32 {
  private static final char PREFIX = 'b';
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int DIGIT_BITS = 5;

  private Base32() {}

  static int multibaseLength(int bytes) {
    return 1 + (bytes * Byte.SIZE + DIGIT_BITS - 1) / DIGIT_BITS;
  }

  public static String multibase(byte[] bytes) {
    StringBuilder text = new StringBuilder(multibaseLength(bytes.length)).append(PREFIX);
    int pending = 0;
    int bits = 0;
    for (byte next : bytes) {
      pending = pending << Byte.SIZE | Byte.toUnsignedInt(next);
      bits += Byte.SIZE;
      while (bits >= DIGIT_BITS) {
        bits -= DIGIT_BITS;
        text.append(DIGITS.charAt(pending >>> bits & 31));
      }
      pending &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(DIGITS.charAt(pending << (DIGIT_BITS - bits) & 31));
    }
    return text.toString();
  }

  /**
   * Reads it.
   *
   * @throws MalformedPieceException if it is not the one text of some bytes
   */
  public static byte[] parseMultibase(String text) {
    if (text.isEmpty() || text.charAt(0) != PREFIX) {
      throw new MalformedPieceException("a CID's text begins with 'b' (base 32, lower case)");
    }
    byte[] bytes = new byte[(text.length() - 1) * DIGIT_BITS / Byte.SIZE];
    int filled = 0;
    int pending = 0;
    int bits = 0;
    for (int at = 1; at < text.length(); at++) {
      pending = pending << DIGIT_BITS | digit(text, at);
      bits += DIGIT_BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes[filled++] = (byte) (pending >>> bits);
        pending &= (1 << bits) - 1;
      }
    }
    if (bits >= DIGIT_BITS || pending != 0) {
      throw new MalformedPieceException("the last character of a CID's text carries stray bits");
    }
    return bytes;
  }

  private static int digit(String text, int at) {
    int digit = DIGITS.indexOf(text.charAt(at));
    if (digit < 0) {
      throw new MalformedPieceException("character " + at + " of a CID's text is not base 32");
    }
    return digit;
  }
}

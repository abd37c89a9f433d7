package org.groundwork.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.TokenAmount;

/** Amounts as people read and write them. */
public final class Amounts {
  private static final int SHOWN = 6;

  private Amounts() {}

  /** Whole tokens with six decimals; a non-zero amount never shows as zero. */
  public static String show(TokenAmount amount) {
    return show(amount.value(), TokenAmount.DECIMALS);
  }

  /** Dollars with six decimals. */
  public static String show(Credits credits) {
    return show(credits.value(), Credits.DECIMALS);
  }

  private static String show(BigInteger value, int decimals) {
    BigDecimal exact = new BigDecimal(value, decimals);
    BigDecimal rounded = exact.setScale(SHOWN, RoundingMode.HALF_UP);
    return rounded.signum() == 0 && exact.signum() != 0
        ? "<" + BigDecimal.ONE.movePointLeft(SHOWN).toPlainString()
        : rounded.toPlainString();
  }

  /**
   * Reads whole tokens with up to 18 decimals.
   *
   * @throws Failure if the text is no such amount
   */
  static TokenAmount tokens(String text) {
    return new TokenAmount(parse(text, TokenAmount.DECIMALS));
  }

  /** Reads dollars with up to 18 decimals. */
  static Credits credits(String text) {
    return new Credits(parse(text, Credits.DECIMALS));
  }

  private static BigInteger parse(String text, int decimals) {
    try {
      BigInteger value = new BigDecimal(text).movePointRight(decimals).toBigIntegerExact();
      if (value.signum() >= 0 && value.bitLength() <= 256) {
        return value;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Said below.
    }
    throw new Failure(
        "\"" + text + "\" is not an amount: write it like 12.5, with at most 18 decimals.");
  }
}

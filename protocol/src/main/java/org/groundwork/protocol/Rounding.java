package org.groundwork.protocol;

import java.math.BigInteger;

/** Integer division with its rounding named. Operands are not negative, divisors positive. */
public final class Rounding {
  private Rounding() {}

  public static BigInteger divideFloor(BigInteger dividend, BigInteger divisor) {
    check(dividend, divisor);
    return dividend.divide(divisor);
  }

  public static BigInteger divideCeil(BigInteger dividend, BigInteger divisor) {
    check(dividend, divisor);
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  private static void check(BigInteger dividend, BigInteger divisor) {
    if (dividend.signum() < 0 || divisor.signum() <= 0) {
      throw new ArithmeticException("division outside its domain: " + dividend + " / " + divisor);
    }
  }
}

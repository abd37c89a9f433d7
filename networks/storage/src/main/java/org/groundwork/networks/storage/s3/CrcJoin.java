package org.groundwork.networks.storage.s3;

/**
 * The CRC of two byte strings put together, from the CRC of each and the length of the second: a
 * CRC is a remainder of polynomials, so appending n bytes multiplies it by x to the power of 8n.
 *
 * @param polynomial lowest bit first
 * @param width in bits, 32 or 64
 */
record CrcJoin(long polynomial, int width) {

  long join(long first, long second, long secondLength) {
    return multiply(powerOfX(8 * secondLength), first) ^ second;
  }

  private long powerOfX(long exponent) {
    long result = top();
    long square = top() >>> 1;
    for (long n = exponent; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        result = multiply(square, result);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /** x to the power of 0. */
  private long top() {
    return 1L << (width - 1);
  }

  private long multiply(long a, long b) {
    long product = 0;
    long factor = b;
    for (long bit = top(); bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) == 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
    }
    return product;
  }
}

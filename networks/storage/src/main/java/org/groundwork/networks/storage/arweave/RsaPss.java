package org.groundwork.networks.storage.arweave;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.groundwork.protocol.crypto.Sha256;

/**
 * RSASSA-PSS with SHA-256 and a salt of any length (RFC 8017, 8.1.2 and 9.1.2): signers choose it,
 * and the JDK's verifier must be told. Public exponent 65537.
 */
final class RsaPss {
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int HASH = 32;
  private static final int TRAILER = 0xbc;
  private static final int MIN_BITS = 2048;

  private RsaPss() {}

  static boolean verify(byte[] modulus, byte[] message, byte[] signature) {
    BigInteger n = new BigInteger(1, modulus);
    BigInteger s = new BigInteger(1, signature);
    if (n.bitLength() < MIN_BITS
        || !n.testBit(0)
        || s.compareTo(n) >= 0
        || signature.length != modulus.length) {
      return false;
    }
    int bits = n.bitLength() - 1;
    byte[] encoded = fixed(s.modPow(EXPONENT, n), (bits + 7) / 8);
    return encoded.length > 0 && matches(encoded, bits, message);
  }

  /** The number in so many bytes; none if it does not fit. */
  private static byte[] fixed(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    int from = bytes.length > size ? bytes.length - size : 0;
    for (int i = 0; i < from; i++) {
      if (bytes[i] != 0) {
        return new byte[0];
      }
    }
    byte[] result = new byte[size];
    System.arraycopy(bytes, from, result, size - (bytes.length - from), bytes.length - from);
    return result;
  }

  private static boolean matches(byte[] encoded, int bits, byte[] message) {
    int size = encoded.length;
    if (Byte.toUnsignedInt(encoded[size - 1]) != TRAILER) {
      return false;
    }
    int maskedSize = size - HASH - 1;
    byte[] hash = Arrays.copyOfRange(encoded, maskedSize, maskedSize + HASH);
    int unused = 8 * size - bits;
    if (Byte.toUnsignedInt(encoded[0]) >>> (8 - unused) != 0) {
      return false;
    }
    byte[] block = mask(hash, maskedSize);
    for (int i = 0; i < maskedSize; i++) {
      block[i] ^= encoded[i];
    }
    block[0] &= (byte) (0xff >>> unused);
    int one = 0;
    while (one < maskedSize && block[one] == 0) {
      one++;
    }
    if (one == maskedSize || block[one] != 1) {
      return false;
    }
    byte[] salt = Arrays.copyOfRange(block, one + 1, maskedSize);
    byte[] expected =
        Sha256.hash(new byte[8], Sha256.hash(message).bytes().unsafeArray(), salt)
            .bytes()
            .unsafeArray();
    return MessageDigest.isEqual(hash, expected);
  }

  /** MGF1 (RFC 8017, B.2.1). */
  private static byte[] mask(byte[] seed, int size) {
    byte[] mask = new byte[size];
    for (int at = 0, counter = 0; at < size; at += HASH, counter++) {
      byte[] count = {0, 0, (byte) (counter >>> 8), (byte) counter};
      byte[] next = Sha256.hash(seed, count).bytes().unsafeArray();
      System.arraycopy(next, 0, mask, at, Math.min(HASH, size - at));
    }
    return mask;
  }
}

package org.groundwork.protocol.crypto;

/** The DER form, SEQUENCE { INTEGER r, INTEGER s }, of r || s. */
final class DerSignature {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private DerSignature() {}

  static byte[] encode(byte[] signature) {
    int sizeOfR = sizeOfInteger(signature, 0);
    int sizeOfS = sizeOfInteger(signature, 32);
    byte[] der = new byte[6 + sizeOfR + sizeOfS];
    der[0] = SEQUENCE;
    der[1] = (byte) (der.length - 2);
    writeInteger(der, 2, signature, 0, sizeOfR);
    writeInteger(der, 4 + sizeOfR, signature, 32, sizeOfS);
    return der;
  }

  /** As few bytes as hold the number with its sign bit clear: 1 to 33. */
  private static int sizeOfInteger(byte[] signature, int from) {
    int first = from;
    while (first < from + 31 && signature[first] == 0) {
      first++;
    }
    return from + 32 - first + (signature[first] < 0 ? 1 : 0);
  }

  private static void writeInteger(byte[] der, int at, byte[] signature, int from, int size) {
    der[at] = INTEGER;
    der[at + 1] = (byte) size;
    int copied = Math.min(size, 32);
    System.arraycopy(signature, from + 32 - copied, der, at + 2 + size - copied, copied);
  }
}

package org.groundwork.protocol;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the canonical binary encoding: big-endian, fixed widths, lengths before contents. */
public final class CanonicalWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  public CanonicalWriter u8(int value) {
    check(value, 0xFF);
    out.write(value);
    return this;
  }

  public CanonicalWriter u16(int value) {
    check(value, 0xFFFF);
    return number(value, 2);
  }

  public CanonicalWriter u32(long value) {
    check(value, 0xFFFF_FFFFL);
    return number(value, 4);
  }

  /** All 64 bits of {@code value}, taken as unsigned. */
  public CanonicalWriter u64(long value) {
    return number(value, 8);
  }

  public CanonicalWriter u256(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not an unsigned 256-bit number: " + value);
    }
    byte[] raw = value.toByteArray();
    for (int i = raw.length; i < 32; i++) {
      out.write(0);
    }
    int from = Math.max(0, raw.length - 32);
    out.write(raw, from, raw.length - from);
    return this;
  }

  public CanonicalWriter hash(Hash hash) {
    return raw(hash.bytes());
  }

  public CanonicalWriter account(AccountId account) {
    return raw(account.bytes());
  }

  /** The bytes alone: their number must be known to the reader. */
  public CanonicalWriter raw(Bytes bytes) {
    out.writeBytes(bytes.unsafeArray());
    return this;
  }

  /** A 32-bit length, then the bytes. */
  public CanonicalWriter bytes(Bytes bytes) {
    return u32(bytes.size()).raw(bytes);
  }

  public Bytes toBytes() {
    return Bytes.wrap(out.toByteArray());
  }

  private CanonicalWriter number(long value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  private static void check(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " is not within 0.." + max);
    }
  }
}

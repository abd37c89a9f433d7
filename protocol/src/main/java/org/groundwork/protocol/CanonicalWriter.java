package org.groundwork.protocol;

import java.math.BigInteger;
import java.util.Arrays;

/** Writes the canonical binary encoding: big-endian, fixed widths, lengths before contents. */
public final class CanonicalWriter {
  /** Some virtual machines make no larger arrays. */
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private byte[] content;
  private int size;

  public CanonicalWriter() {
    this(256);
  }

  /** A writer with room for so many bytes; it grows beyond them. */
  public CanonicalWriter(int room) {
    content = new byte[room];
  }

  public CanonicalWriter u8(int value) {
    check(value, 0xFF);
    return number(value, 1);
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
    int from = Math.max(0, raw.length - 32);
    int length = raw.length - from;
    int end = claim(32) + 32;
    System.arraycopy(raw, from, content, end - length, length);
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
    int at = claim(bytes.size());
    System.arraycopy(bytes.unsafeArray(), 0, content, at, bytes.size());
    return this;
  }

  /** A 32-bit length, then the bytes. */
  public CanonicalWriter bytes(Bytes bytes) {
    return u32(bytes.size()).raw(bytes);
  }

  public Bytes toBytes() {
    return Bytes.wrap(Arrays.copyOf(content, size));
  }

  private CanonicalWriter number(long value, int width) {
    int at = claim(width);
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      content[at++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Takes room at the end, zeroed; where it begins. */
  private int claim(int width) {
    int at = size;
    size = Math.addExact(size, width);
    if (size > content.length) {
      content = Arrays.copyOf(content, (int) Math.max(size, Math.min(2L * at, MAX_SIZE)));
    }
    return at;
  }

  private static void check(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " is not within 0.." + max);
    }
  }
}

package org.groundwork.protocol;

import java.math.BigInteger;

/** Reads what {@link CanonicalWriter} wrote, and nothing else; every length is bounded. */
public final class CanonicalReader {
  private final Bytes source;
  private int position;

  public CanonicalReader(Bytes source) {
    this.source = source;
  }

  public int u8() throws Malformed {
    return (int) number(1);
  }

  public int u16() throws Malformed {
    return (int) number(2);
  }

  public long u32() throws Malformed {
    return number(4);
  }

  public long u64() throws Malformed {
    return number(8);
  }

  /** A 64-bit number that must not exceed {@link Long#MAX_VALUE}. */
  public long count() throws Malformed {
    long value = number(8);
    if (value < 0) {
      throw new Malformed("number too large at byte " + (position - 8));
    }
    return value;
  }

  public BigInteger u256() throws Malformed {
    return new BigInteger(1, raw(32).unsafeArray());
  }

  public Hash hash() throws Malformed {
    return new Hash(raw(Hash.SIZE));
  }

  /** A 32-bit number that may be a network's. */
  public NetworkId network() throws Malformed {
    long value = number(4);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new Malformed("network " + value + " is out of range");
    }
    return new NetworkId((int) value);
  }

  public AccountId account() throws Malformed {
    return new AccountId(raw(AccountId.SIZE));
  }

  public Bytes raw(int size) throws Malformed {
    if (size < 0 || size > remaining()) {
      throw new Malformed("truncated: " + size + " bytes wanted at byte " + position);
    }
    Bytes slice = source.slice(position, position + size);
    position += size;
    return slice;
  }

  /** A 32-bit length of at most {@code max}, then the bytes. */
  public Bytes bytes(int max) throws Malformed {
    long size = u32();
    if (size > max) {
      throw new Malformed("too long: " + size + " bytes, at most " + max + " allowed");
    }
    return raw((int) size);
  }

  public int remaining() {
    return source.size() - position;
  }

  /**
   * Checks that everything was read.
   *
   * @throws Malformed if bytes are left over
   */
  public void end() throws Malformed {
    if (remaining() != 0) {
      throw new Malformed(remaining() + " bytes too many");
    }
  }

  private long number(int width) throws Malformed {
    if (width > remaining()) {
      throw new Malformed("truncated: " + width + " bytes wanted at byte " + position);
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (source.get(position++) & 0xFF);
    }
    return value;
  }
}

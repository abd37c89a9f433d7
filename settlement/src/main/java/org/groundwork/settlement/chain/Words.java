package org.groundwork.settlement.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** The 32-byte words of an event's data, as the contract ABI lays them out. */
final class Words {
  private static final int SIZE = 32;

  private final Bytes data;

  Words(Bytes data) {
    this.data = data;
  }

  Hash hash(int word) throws Malformed {
    return new Hash(bytesAt(word * (long) SIZE, SIZE));
  }

  BigInteger number(int word) throws Malformed {
    return new BigInteger(1, hash(word).toArray());
  }

  /** A number that a contract's smaller type keeps below 2^63. */
  long small(int word) throws Malformed {
    return small(number(word));
  }

  static long small(BigInteger number) throws Malformed {
    if (number.bitLength() > 63) {
      throw new Malformed("number too large: " + number);
    }
    return number.longValueExact();
  }

  /** All 64 bits of an unsigned number. */
  long bits(int word) throws Malformed {
    BigInteger number = number(word);
    if (number.bitLength() > 64) {
      throw new Malformed("number too large: " + number);
    }
    return number.longValue();
  }

  /** Dynamic bytes whose offset stands in a word. */
  Bytes bytes(int word) throws Malformed {
    long start = small(word);
    long length = small(new BigInteger(1, bytesAt(start, SIZE).toArray()));
    return bytesAt(start + SIZE, length);
  }

  String text(int word) throws Malformed {
    return new String(bytes(word).toArray(), StandardCharsets.UTF_8);
  }

  /** The place of a dynamic array's first element, counted in words, after its length. */
  int array(int word) throws Malformed {
    long start = small(word);
    if (start % SIZE != 0 || start > data.size()) {
      throw new Malformed("offset " + start);
    }
    return (int) (start / SIZE) + 1;
  }

  static AccountId account(Hash word) {
    return new AccountId(word.bytes().slice(Hash.SIZE - AccountId.SIZE, Hash.SIZE));
  }

  private Bytes bytesAt(long from, long length) throws Malformed {
    if (from < 0 || length < 0 || from > data.size() || length > data.size() - from) {
      throw new Malformed("truncated at byte " + from);
    }
    return data.slice((int) from, (int) (from + length));
  }
}

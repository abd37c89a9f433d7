package org.groundwork.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.crypto.Keccak256;

/** One EIP-712 struct under construction: its type text, then its members as 32-byte words. */
final class TypedData {
  private final CanonicalWriter words = new CanonicalWriter();

  TypedData(String type) {
    words.hash(Keccak256.hash(type.getBytes(StandardCharsets.US_ASCII)));
  }

  TypedData word(Hash hash) {
    words.hash(hash);
    return this;
  }

  TypedData word(BigInteger number) {
    words.u256(number);
    return this;
  }

  TypedData word(long number) {
    return word(BigInteger.valueOf(number));
  }

  TypedData word(AccountId account) {
    return word(account.toSubject());
  }

  TypedData bytes(Bytes content) {
    return word(Keccak256.hash(content.unsafeArray()));
  }

  Hash structHash() {
    return Keccak256.hash(words.toBytes().unsafeArray());
  }
}

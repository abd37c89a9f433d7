package org.groundwork.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/** 32-byte words that are hashed: {@code abi.encode} of static values. */
final class Words {
  private final CanonicalWriter words = new CanonicalWriter();

  /** An EIP-712 struct, which begins with the hash of its type. */
  static Words ofType(String type) {
    return new Words().add(Keccak256.hash(type.getBytes(StandardCharsets.US_ASCII)));
  }

  Words add(Hash hash) {
    words.hash(hash);
    return this;
  }

  Words add(AccountId account) {
    return add(account.toSubject());
  }

  Words add(long number) {
    return add(BigInteger.valueOf(number));
  }

  Words add(BigInteger number) {
    words.u256(number);
    return this;
  }

  Hash keccak() {
    return Keccak256.hash(words.toBytes().unsafeArray());
  }
}
